package io.veilflow.pipeline.flink;

import java.util.List;

/** The logs that no reader has yet. */
record LogSplits(List<LogSplit> unassigned) {
    LogSplits {
        unassigned = List.copyOf(unassigned);
    }
}
