package io.veilflow.pipeline.journal;

import io.veilflow.mpc.session.EpochLog;

/** The journal as the links see it: epochs only. */
public final class JournalledEpochs implements EpochLog {
    private final Journal journal;

    public JournalledEpochs(Journal journal) {
        this.journal = journal;
    }

    @Override
    public long largestEpoch() {
        return journal.largestEpoch();
    }

    @Override
    public void record(long epoch) {
        journal.append(JournalEntry.epoch(epoch));
    }
}
