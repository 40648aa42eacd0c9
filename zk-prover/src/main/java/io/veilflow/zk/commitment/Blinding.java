package io.veilflow.zk.commitment;

import io.veilflow.zk.field.ScalarField;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * rho of one component commitment: uniform, and fresh for every commitment (a reused one shows the difference of two
 * books). Secret; wiped on close.
 */
public final class Blinding implements AutoCloseable {
    private final byte[] scalar;
    private boolean closed;

    private Blinding(byte[] scalar) {
        this.scalar = scalar;
    }

    public static Blinding random(SecureRandom random) {
        return new Blinding(ScalarField.random(random));
    }

    /**
     * @param scalar 32 bytes, copied
     * @throws IllegalArgumentException if it is not canonical
     */
    public static Blinding of(byte[] scalar) {
        ScalarField.requireCanonical(scalar);
        if (scalar.length != ScalarField.BYTES) {
            throw new IllegalArgumentException(scalar.length + " bytes, a blinding has " + ScalarField.BYTES);
        }
        return new Blinding(scalar.clone());
    }

    /** The secret itself, a copy that the caller wipes. */
    public byte[] secretBytes() {
        if (closed) {
            throw new IllegalStateException("the blinding is closed");
        }
        return scalar.clone();
    }

    @Override
    public void close() {
        closed = true;
        Arrays.fill(scalar, (byte) 0);
    }

    @Override
    public String toString() {
        return "Blinding[secret]";
    }
}
