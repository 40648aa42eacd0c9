package io.veilflow.pipeline.party;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.NetworkListener;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;

/** Says of which party the journal is refused. The party itself stands back; the others wait for it to come with the right one. */
final class JournalRefusals implements NetworkListener {
    private final PartyId self;
    private final EventLog events;
    private final Patience patience;
    /** On the network's thread only. A refused party that waits for the others to be restarted comes again and again. */
    private String told = "";

    JournalRefusals(PartyId self, EventLog events, Patience patience) {
        this.self = self;
        this.events = events;
        this.patience = patience;
    }

    @Override
    public void epochStarted(long epoch) {
        // nobody was refused
    }

    @Override
    public void epochEnded(long epoch, ProtocolAbortException cause) {
        // the network connects again by itself
    }

    @Override
    public void connectionFailed(ProtocolAbortException cause) {
        if (cause.reason() == Reason.JOURNAL_REFUSED) {
            PartyId refused = cause.peer().orElseThrow();
            if (!cause.getMessage().equals(told)) {
                told = cause.getMessage();
                events.journalRefused(refused, told);
            }
            if (refused == self) {
                patience.end(() -> new PartyRefusedException(cause.getMessage()));
            }
        }
    }
}
