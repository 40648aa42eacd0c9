package io.veilflow.pipeline.adversary;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.board.Board;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.board.BoardWriter;
import io.veilflow.pipeline.board.RecordSigner;
import java.util.Optional;

/**
 * A board that shows one log otherwise than to others.
 *
 * @param forked the log
 * @param other where it is read instead
 */
record ForkedBoard(Board board, String forked, Board other) implements Board {
    @Override
    public long size(String writer) {
        return of(writer).size(writer);
    }

    @Override
    public Optional<BoardEntry> read(String writer, long index) {
        return of(writer).read(writer, index);
    }

    @Override
    public ByteString head(String writer, long records) {
        return of(writer).head(writer, records);
    }

    @Override
    public BoardWriter writer(RecordSigner signer) {
        return board.writer(signer);
    }

    @Override
    public void close() {
        // both belong to who made them
    }

    private Board of(String writer) {
        return writer.equals(forked) ? other : board;
    }
}
