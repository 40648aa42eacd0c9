package io.veilflow.pipeline.adversary;

import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.board.BoardWriter;
import io.veilflow.pipeline.wire.Payload;

/** A party's log, of which everything that the party posts goes through its conduct. */
final class CorruptibleLog implements BoardWriter {
    private final BoardWriter inner;
    private final PartyConduct conduct;
    private BoardEntry last;

    CorruptibleLog(BoardWriter inner, PartyConduct conduct) {
        this.inner = inner;
        this.conduct = conduct;
    }

    @Override
    public String name() {
        return inner.name();
    }

    /** The entry of the last record that really was appended; no core looks at it. */
    @Override
    public synchronized BoardEntry append(Payload payload) {
        conduct.post(payload, changed -> last = inner.append(changed));
        return last;
    }

    @Override
    public void close() {
        inner.close();
    }
}
