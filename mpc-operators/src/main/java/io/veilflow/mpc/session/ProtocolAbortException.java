package io.veilflow.mpc.session;

import io.veilflow.mpc.party.PartyId;
import java.util.Optional;

/**
 * The end of a session attempt. Its randomness is never used again. Caught only where the session ends. The message
 * names operation and reason and holds nothing secret.
 *
 * <p>It accuses a party only where that party's own authenticated message breaks the protocol whatever anybody else did.
 * Whoever merely stops, or fails a check that needs the messages of two, may be honest and may have stopped because of
 * the third: such a party is {@link #peer}, not {@link #accused}.
 */
public final class ProtocolAbortException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public enum Reason {
        /** A message of the wrong length. */
        LENGTH(true),
        /** A field element at or above the modulus. */
        NOT_CANONICAL(true),
        /** A message of another place in the program. */
        UNEXPECTED_MESSAGE(true),
        /** Two statements signed by one party that exclude each other. */
        CONTRADICTION(true),
        /** The two holders of a component sent different values. */
        HOLDERS_DISAGREE(false),
        /** A check of products, rows or proof failed. */
        CHECK_FAILED(false),
        /** More arrived than may wait here: the peer floods, or this party was held up. */
        OVERLOAD(false),
        PEER_LOST(false),
        TIMEOUT(false),
        /** Rule, configuration or manifest of the peer are not ours. */
        CONFIGURATION(false),
        /** The peer's journal is behind what it had stated of it, or another one; the peer may be this party itself. */
        JOURNAL_REFUSED(false);

        private final boolean accuses;

        Reason(boolean accuses) {
            this.accuses = accuses;
        }
    }

    private final Reason reason;
    private final transient PartyId peer;

    /**
     * @param peer whose message led here or who was waited for, or null if nobody can be named; with LENGTH,
     *     NOT_CANONICAL, UNEXPECTED_MESSAGE and CONTRADICTION this accuses the peer
     */
    public ProtocolAbortException(Reason reason, PartyId peer, String where) {
        super(reason + " at " + where + (peer == null ? "" : ", peer " + peer));
        this.reason = reason;
        this.peer = peer;
    }

    public Reason reason() {
        return reason;
    }

    /** Who has provably broken the protocol; empty if the peer may be honest. */
    public Optional<PartyId> accused() {
        return reason.accuses ? peer() : Optional.empty();
    }

    /** Whom it was about, honest or not. */
    public Optional<PartyId> peer() {
        return Optional.ofNullable(peer);
    }
}
