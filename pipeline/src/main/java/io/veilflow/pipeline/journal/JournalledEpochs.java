package io.veilflow.pipeline.journal;

import io.veilflow.mpc.session.EpochLog;
import io.veilflow.mpc.session.JournalHeads;

/** The journal as the links see it: epochs, and what the peers are told of it. */
public final class JournalledEpochs implements EpochLog {
    private final Journal journal;
    private final JournalHeads heads;

    /** @param heads {@link JournalHeads#none()} where no peer may ever come back with another journal */
    public JournalledEpochs(Journal journal, JournalHeads heads) {
        this.journal = journal;
        this.heads = heads;
    }

    @Override
    public long largestEpoch() {
        return journal.largestEpoch();
    }

    @Override
    public void record(long epoch) {
        journal.append(JournalEntry.epoch(epoch));
    }

    @Override
    public JournalHeads heads() {
        return heads;
    }
}
