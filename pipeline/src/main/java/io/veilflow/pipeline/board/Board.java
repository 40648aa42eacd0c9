package io.veilflow.pipeline.board;

import com.google.protobuf.ByteString;
import java.util.Optional;

/**
 * Append-only logs, one per writer (docs/wire.md, section 6). Readers poll: nothing here waits and nothing has threads of
 * its own. Thread-safe.
 */
public interface Board extends AutoCloseable {
    /**
     * Number of records of a log that can be read now; 0 if there is no such log. It never shrinks. Records after a damaged
     * one do not count.
     */
    long size(String writer);

    /**
     * A record, or nothing if the log is shorter for now. A record that is still being written, or whose writer died
     * over it, is not there.
     *
     * @throws BoardException DAMAGED, naming log and record, for a record that cannot be read and for all after it
     */
    Optional<BoardEntry> read(String writer, long index);

    /**
     * Head of a log after its first {@code records} records, 32 bytes.
     *
     * @throws IllegalArgumentException if the log has fewer
     */
    ByteString head(String writer, long records);

    /**
     * Opens the signer's log for appending. A log has one writer at a time.
     *
     * @throws BoardException LOCKED or DAMAGED
     */
    BoardWriter writer(RecordSigner signer);

    @Override
    void close();
}
