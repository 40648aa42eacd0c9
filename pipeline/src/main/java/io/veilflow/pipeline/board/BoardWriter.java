package io.veilflow.pipeline.board;

import io.veilflow.pipeline.wire.Payload;

/** The right to append to one log, held until it is closed. Thread-safe. */
public interface BoardWriter extends AutoCloseable {
    String name();

    /**
     * Signs the payload for the log's next place and appends it. When this returns the record is on stable storage and
     * can be read.
     *
     * @throws BoardException TOO_LARGE or STORAGE; the log is then as it was
     */
    BoardEntry append(Payload payload);

    @Override
    void close();
}
