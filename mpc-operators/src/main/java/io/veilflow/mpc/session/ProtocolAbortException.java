package io.veilflow.mpc.session;

import io.veilflow.mpc.party.PartyId;
import java.util.Optional;

/**
 * The end of a session attempt. Its randomness is never used again. Caught only where the session ends. The message
 * names operation and reason and holds nothing secret.
 */
public final class ProtocolAbortException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public enum Reason {
        /** A message of the wrong length. */
        LENGTH,
        /** A field element at or above the modulus. */
        NOT_CANONICAL,
        /** The two holders of a component sent different values. */
        HOLDERS_DISAGREE,
        /** A check of products, rows or proof failed. */
        CHECK_FAILED,
        /** A message of another place in the program. */
        UNEXPECTED_MESSAGE,
        PEER_LOST,
        TIMEOUT,
        /** Rule, configuration or manifest of the peer are not ours. */
        CONFIGURATION
    }

    private final Reason reason;
    private final transient PartyId suspect;

    /** @param suspect the peer whose message led here, or null if nobody can be named */
    public ProtocolAbortException(Reason reason, PartyId suspect, String where) {
        super(reason + " at " + where + (suspect == null ? "" : ", peer " + suspect));
        this.reason = reason;
        this.suspect = suspect;
    }

    public Reason reason() {
        return reason;
    }

    public Optional<PartyId> suspect() {
        return Optional.ofNullable(suspect);
    }
}
