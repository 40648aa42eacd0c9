package io.veilflow.mpc.session;

import io.veilflow.mpc.party.PartyId;

/** A party's journal is not what that party has told the others of it before: an older copy, another one, or a second process's. */
public final class JournalRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient PartyId owner;

    /** @param owner of the journal that is refused, perhaps this party itself */
    public JournalRefusedException(PartyId owner, String what) {
        super(what);
        this.owner = owner;
    }

    public PartyId owner() {
        return owner;
    }
}
