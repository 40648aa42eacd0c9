package io.veilflow.mpc.threshold;

import io.veilflow.mpc.party.PartyId;

/**
 * One party's share of a group key of one generation. It signs nothing alone. Secret: shows nothing, is wiped on {@link #close}.
 * Thread-safe.
 */
public final class KeyShare implements AutoCloseable {
    private final PartyId holder;
    private final GroupKey group;
    private final Scalar scalar;
    private boolean closed;

    private KeyShare(PartyId holder, GroupKey group, Scalar scalar) {
        this.holder = holder;
        this.group = group;
        this.scalar = scalar;
    }

    /**
     * The share with these bytes.
     *
     * @param scalar 32 bytes big-endian, copied
     * @throws IllegalArgumentException if they are not this party's share of this key in this generation
     */
    public static KeyShare of(PartyId holder, GroupKey group, byte[] scalar) {
        Scalar share = Scalar.decode(scalar)
                .orElseThrow(() -> new IllegalArgumentException("the share of " + holder + " is no scalar"));
        if (!CurvePoint.generatorTimesSecret(share).equals(group.verificationShare(holder))) {
            share.close();
            throw new IllegalArgumentException("this is not the share of " + holder + " in " + group);
        }
        return new KeyShare(holder, group, share);
    }

    public PartyId holder() {
        return holder;
    }

    public GroupKey group() {
        return group;
    }

    /** The secret bytes, 32, big-endian; the caller wipes them. */
    public synchronized byte[] exposeScalar() {
        requireOpen();
        return scalar.encoded();
    }

    /** A copy of the secret to compute with; the caller closes it. */
    public synchronized Scalar exposeSecret() {
        requireOpen();
        return scalar.copy();
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the key share has been wiped");
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        scalar.close();
    }

    @Override
    public String toString() {
        return "KeyShare[" + holder + ", " + group + "]";
    }
}
