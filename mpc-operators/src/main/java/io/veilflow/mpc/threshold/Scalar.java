package io.veilflow.mpc.threshold;

import io.veilflow.mpc.party.PartyId;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/**
 * A number modulo the order Q of secp256k1. Whether it is secret its owner knows; it is treated as if it were: nothing of it shows in
 * {@code toString}, there is no equality but {@link #isSame}, which takes the same time for all values, and {@link #close}
 * wipes it.
 */
public final class Scalar implements AutoCloseable {
    public static final int BYTES = 32;

    /** Q. */
    static final BigInteger ORDER =
            new BigInteger("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141", 16);

    private final byte[] value;

    private Scalar(BigInteger reduced) {
        this.value = fixed(reduced);
    }

    private static byte[] fixed(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] out = new byte[BYTES];
        int length = Math.min(bytes.length, BYTES);
        System.arraycopy(bytes, bytes.length - length, out, BYTES - length, length);
        return out;
    }

    /**
     * @param bytes 32, big-endian
     * @return empty for another length, and for Q and above
     */
    public static Optional<Scalar> decode(byte[] bytes) {
        if (bytes.length != BYTES) {
            return Optional.empty();
        }
        BigInteger number = new BigInteger(1, bytes);
        return number.compareTo(ORDER) < 0 ? Optional.of(new Scalar(number)) : Optional.empty();
    }

    /** The number, modulo Q. */
    public static Scalar reduce(byte[] bigEndian) {
        return new Scalar(new BigInteger(1, bigEndian).mod(ORDER));
    }

    /** Of a small public number. */
    public static Scalar of(int number) {
        return new Scalar(BigInteger.valueOf(number).mod(ORDER));
    }

    /** The Shamir point and signing identifier of a party: index + 1. */
    public static Scalar identifier(PartyId party) {
        return of(party.index() + 1);
    }

    /** Uniform in 1..Q-1. */
    public static Scalar random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        while (true) {
            random.nextBytes(bytes);
            Optional<Scalar> drawn = decode(bytes);
            if (drawn.isPresent() && !drawn.get().isZero()) {
                Arrays.fill(bytes, (byte) 0);
                return drawn.get();
            }
        }
    }

    public Scalar plus(Scalar other) {
        return new Scalar(number().add(other.number()).mod(ORDER));
    }

    public Scalar minus(Scalar other) {
        return new Scalar(number().subtract(other.number()).mod(ORDER));
    }

    public Scalar times(Scalar other) {
        return new Scalar(number().multiply(other.number()).mod(ORDER));
    }

    /** @throws ArithmeticException of zero */
    public Scalar inverse() {
        return new Scalar(number().modInverse(ORDER));
    }

    public boolean isZero() {
        return MessageDigest.isEqual(value, new byte[BYTES]);
    }

    public boolean isSame(Scalar other) {
        return MessageDigest.isEqual(value, other.value);
    }

    /** 32 bytes big-endian; the caller wipes what is secret. */
    public byte[] encoded() {
        return value.clone();
    }

    /** To be closed on its own. */
    public Scalar copy() {
        return new Scalar(number());
    }

    /** For public numbers, and for the one place where a secret one multiplies a point. */
    BigInteger number() {
        return new BigInteger(1, value);
    }

    @Override
    public void close() {
        Arrays.fill(value, (byte) 0);
    }

    @Override
    public String toString() {
        return "Scalar";
    }
}
