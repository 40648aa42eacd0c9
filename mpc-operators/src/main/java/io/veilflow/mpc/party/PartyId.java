package io.veilflow.mpc.party;

/**
 * One of the three parties. P_i holds components i ("own") and i+1 ("next") of every shared value and PRSS keys i and
 * i+1; it lacks component i+2. Indices are mod 3. Its Shamir point and signing identifier are index + 1.
 */
public enum PartyId {
    P0,
    P1,
    P2;

    private static final PartyId[] ALL = values();

    /** @throws IllegalArgumentException outside 0..2 */
    public static PartyId of(int index) {
        if (index < 0 || index > 2) {
            throw new IllegalArgumentException("party index " + index + " is not 0, 1 or 2");
        }
        return ALL[index];
    }

    public int index() {
        return ordinal();
    }

    public PartyId next() {
        return ALL[(ordinal() + 1) % 3];
    }

    public PartyId previous() {
        return ALL[(ordinal() + 2) % 3];
    }

    /** Whether this party holds component {@code component}. */
    public boolean holds(int component) {
        return component == index() || component == next().index();
    }
}
