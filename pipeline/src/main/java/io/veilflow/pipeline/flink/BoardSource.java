package io.veilflow.pipeline.flink;

import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.board.FileBoard;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.job.JobDefinition;
import io.veilflow.pipeline.job.JobFile;
import io.veilflow.pipeline.job.JobTerms;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * The logs of contributors and feeder as a stream, one split for each log, in each log's order. It ends with the feeder's
 * signed End record: every other log then ends with the records that it has at that moment. Parallelism 1, because all
 * logs end together. State: positions in the logs; a restore reads on from them.
 */
final class BoardSource implements Source<BoardEntry, LogSplit, LogSplits> {
    private static final long serialVersionUID = 1L;

    private final String directory;
    private final byte[] jobFile;

    /** @param jobFile canonical bytes; says which logs there are and who signs them */
    BoardSource(Path directory, byte[] jobFile) {
        this.directory = directory.toString();
        this.jobFile = jobFile.clone();
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<BoardEntry, LogSplit> createReader(SourceReaderContext context) {
        JobDefinition job = job();
        return new BoardReader(
                FileBoard.open(Path.of(directory)),
                RecordVerifier.of(job),
                job.feeder().name(),
                context);
    }

    @Override
    public SplitEnumerator<LogSplit, LogSplits> createEnumerator(SplitEnumeratorContext<LogSplit> context) {
        List<LogSplit> logs = new JobTerms(job())
                .logs().stream()
                        .map(writer -> new LogSplit(writer, 0, LogSplit.OPEN))
                        .toList();
        return new LogAssignment(context, new LogSplits(logs));
    }

    @Override
    public SplitEnumerator<LogSplit, LogSplits> restoreEnumerator(
            SplitEnumeratorContext<LogSplit> context, LogSplits unassigned) {
        return new LogAssignment(context, unassigned);
    }

    @Override
    public SimpleVersionedSerializer<LogSplit> getSplitSerializer() {
        return new LogSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<LogSplits> getEnumeratorCheckpointSerializer() {
        return new LogSplitsSerializer();
    }

    private JobDefinition job() {
        return JobFile.read("job", jobFile);
    }
}
