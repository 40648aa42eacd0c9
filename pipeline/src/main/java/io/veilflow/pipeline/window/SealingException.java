package io.veilflow.pipeline.window;

import io.veilflow.mpc.party.PartyId;
import java.util.Optional;

/**
 * A unit that cannot be sealed as things stand on the board. Nothing was signed. Whoever is named has signed what shows it.
 */
public final class SealingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public enum Reason {
        /** A list or cut that is not in its form: order, logs, repeated or foreign records. */
        MALFORMED,
        /** A second, different list of one party for one unit and round. */
        SECOND_LIST,
        /** A second, different signature of one party for one unit and round. */
        SECOND_SIGNATURE,
        /** A list that says of a record what anyone can see to be otherwise, leaves one out, or lists another. */
        WRONG_LIST,
        /** Two cuts with different heads after the same number of records: the board has shown two things. */
        FORKED,
        /** A signature under another manifest than the one that follows from the lists. */
        OTHER_MANIFEST
    }

    private final Reason reason;
    private final transient PartyId party;

    /** @param party whose signed message shows it, or null if it takes two */
    SealingException(Reason reason, PartyId party, String what) {
        super(reason + (party == null ? "" : " by " + party) + ": " + what);
        this.reason = reason;
        this.party = party;
    }

    public Reason reason() {
        return reason;
    }

    public Optional<PartyId> party() {
        return Optional.ofNullable(party);
    }
}
