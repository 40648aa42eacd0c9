package io.veilflow.pipeline.open;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.fair.FairMessage;
import io.veilflow.mpc.fair.OpeningJournal;
import io.veilflow.pipeline.board.BoardWriter;
import io.veilflow.pipeline.journal.Journal;
import io.veilflow.pipeline.journal.JournalEntry;
import io.veilflow.pipeline.wire.UnitKind;

/** The party's journal as one opening uses it; an ABORT is told to the others too. */
final class JournalledOpening implements OpeningJournal {
    private final Journal journal;
    private final BoardWriter own;
    private final OpeningDecisions decisions;
    private final OpeningRecords records;
    private final long window;
    private final int attempt;

    JournalledOpening(
            Journal journal,
            BoardWriter own,
            OpeningDecisions decisions,
            OpeningRecords records,
            long window,
            int attempt) {
        this.journal = journal;
        this.own = own;
        this.decisions = decisions;
        this.records = records;
        this.window = window;
        this.attempt = attempt;
    }

    @Override
    public void ready(FairMessage.Ready ready) {
        decisions.ready(window, attempt);
        append(
                JournalEntry.Type.OUTPUT_READY,
                records.payload(ready).getOutputReady().toByteString());
    }

    @Override
    public void going() {
        append(JournalEntry.Type.OUTPUT_OPENING, ByteString.EMPTY);
    }

    @Override
    public void aborted() {
        append(JournalEntry.Type.OUTPUT_ABORT, ByteString.EMPTY);
        own.append(records.aborted());
        decisions.aborted(window, attempt);
    }

    private void append(JournalEntry.Type type, ByteString content) {
        journal.append(new JournalEntry(type, UnitKind.WINDOW, window, attempt, content));
    }
}
