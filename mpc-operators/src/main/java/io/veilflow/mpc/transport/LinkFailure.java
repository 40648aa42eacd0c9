package io.veilflow.mpc.transport;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;

/**
 * Why a link, an epoch or a session ended. A value, because many threads learn of it and each throws its own exception.
 *
 * @param peer the one at the other end, or null if nobody can be named; not accused by standing here
 */
record LinkFailure(Reason reason, PartyId peer, String where) {
    ProtocolAbortException abort() {
        return new ProtocolAbortException(reason, peer, where);
    }

    LinkException exception() {
        return new LinkException(this);
    }
}
