package io.veilflow.zk.joint;

import io.veilflow.zk.field.ScalarField;
import java.util.Arrays;

/**
 * One party's two replicated components of a vector over Fr: own = component i, next = component i+1, concatenated
 * 32-byte big-endian elements. Secret; wiped on close.
 */
public final class FieldShares implements AutoCloseable {
    private final byte[] own;
    private final byte[] next;

    private FieldShares(byte[] own, byte[] next) {
        this.own = own;
        this.next = next;
    }

    /**
     * @param own taken over, not copied
     * @param next taken over, not copied; as long as own
     */
    public static FieldShares of(byte[] own, byte[] next) {
        if (own.length != next.length || own.length % ScalarField.BYTES != 0) {
            throw new IllegalArgumentException("components of " + own.length + " and " + next.length + " bytes");
        }
        return new FieldShares(own, next);
    }

    public int count() {
        return own.length / ScalarField.BYTES;
    }

    /** The array itself: secret, wiped when this is closed. */
    public byte[] own() {
        return own;
    }

    /** The array itself: secret, wiped when this is closed. */
    public byte[] next() {
        return next;
    }

    @Override
    public void close() {
        Arrays.fill(own, (byte) 0);
        Arrays.fill(next, (byte) 0);
    }

    @Override
    public String toString() {
        return "FieldShares[" + count() + "]";
    }
}
