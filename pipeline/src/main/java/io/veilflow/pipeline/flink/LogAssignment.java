package io.veilflow.pipeline.flink;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

/** Gives all logs to the one reader as soon as it is there. */
final class LogAssignment implements SplitEnumerator<LogSplit, LogSplits> {
    private static final int ONLY_READER = 0;

    private final SplitEnumeratorContext<LogSplit> context;
    private final List<LogSplit> unassigned;

    LogAssignment(SplitEnumeratorContext<LogSplit> context, LogSplits unassigned) {
        if (context.currentParallelism() != 1) {
            throw new IllegalArgumentException(
                    "the board source has parallelism 1, not " + context.currentParallelism());
        }
        this.context = context;
        this.unassigned = new ArrayList<>(unassigned.unassigned());
    }

    @Override
    public void start() {
        // readers register by themselves
    }

    @Override
    public void handleSplitRequest(int subtask, String host) {
        // all splits are given at registration
    }

    @Override
    public void addSplitsBack(List<LogSplit> splits, int subtask) {
        unassigned.addAll(splits);
        if (context.registeredReaders().containsKey(ONLY_READER)) {
            addReader(ONLY_READER);
        }
    }

    @Override
    public void addReader(int subtask) {
        unassigned.forEach(split -> context.assignSplit(split, subtask));
        unassigned.clear();
        context.signalNoMoreSplits(subtask);
    }

    @Override
    public LogSplits snapshotState(long checkpoint) {
        return new LogSplits(unassigned);
    }

    @Override
    public void close() {
        // holds nothing
    }
}
