package io.veilflow.pipeline.flink;

import org.apache.flink.api.connector.source.SourceSplit;

/**
 * One log of the board and how far it was read.
 *
 * @param next index of the next record
 * @param stop number of records after which the log ends, {@link #OPEN} while the feeder has not ended
 */
public record LogSplit(String writer, long next, long stop) implements SourceSplit {
    static final long OPEN = Long.MAX_VALUE;

    @Override
    public String splitId() {
        return writer;
    }
}
