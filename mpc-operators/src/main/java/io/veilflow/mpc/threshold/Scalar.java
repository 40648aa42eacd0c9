package io.veilflow.mpc.threshold;

import io.veilflow.mpc.field.NotCanonicalException;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.field.Zq;
import io.veilflow.mpc.party.PartyId;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/**
 * A number modulo the order Q of secp256k1. Whether it is secret its owner knows; it is treated as if it were: no branch of the
 * arithmetic depends on it, nothing of it shows in {@code toString}, there is no equality but {@link #isSame}, and {@link #close}
 * wipes it.
 */
public final class Scalar implements AutoCloseable {
    public static final int BYTES = Zq.BYTES;

    private final long[] words;

    private Scalar(long[] words) {
        this.words = words;
    }

    /**
     * @param bytes 32, big-endian
     * @return empty for another length, and for Q and above
     */
    public static Optional<Scalar> decode(byte[] bytes) {
        if (bytes.length != BYTES) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Scalar(PrimeField.ZQ.decode(bytes)));
        } catch (NotCanonicalException notBelowTheOrder) {
            return Optional.empty();
        }
    }

    /**
     * The number, modulo Q.
     *
     * @param bigEndian at most 64 bytes
     */
    public static Scalar reduce(byte[] bigEndian) {
        return new Scalar(Zq.reduceBigEndian(bigEndian));
    }

    /** Of a small public number. */
    public static Scalar of(int number) {
        if (number < 0) {
            throw new IllegalArgumentException("a negative number: " + number);
        }
        return new Scalar(new long[] {number, 0, 0, 0});
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
            Arrays.fill(bytes, (byte) 0);
            if (drawn.isPresent() && !drawn.get().isZero()) {
                return drawn.get();
            }
        }
    }

    public Scalar plus(Scalar other) {
        long[] out = new long[Zq.WORDS];
        Zq.add(words, 0, other.words, 0, out, 0);
        return new Scalar(out);
    }

    public Scalar minus(Scalar other) {
        long[] out = new long[Zq.WORDS];
        Zq.sub(words, 0, other.words, 0, out, 0);
        return new Scalar(out);
    }

    public Scalar times(Scalar other) {
        long[] out = new long[Zq.WORDS];
        Zq.mul(words, 0, other.words, 0, out, 0);
        return new Scalar(out);
    }

    public Scalar negated() {
        long[] out = new long[Zq.WORDS];
        Zq.negate(words, 0, out, 0);
        return new Scalar(out);
    }

    /** Zero's is zero. */
    public Scalar inverse() {
        long[] out = new long[Zq.WORDS];
        Zq.invert(words, 0, out, 0);
        return new Scalar(out);
    }

    public boolean isZero() {
        return Zq.isZero(words, 0);
    }

    /** In time that does not tell where they differ. */
    public boolean isSame(Scalar other) {
        return MessageDigest.isEqual(encoded(), other.encoded());
    }

    /** 32 bytes big-endian; the caller wipes what is secret. */
    public byte[] encoded() {
        return PrimeField.ZQ.encode(words);
    }

    /** To be closed on its own. */
    public Scalar copy() {
        return new Scalar(words.clone());
    }

    /** For public numbers, and for the one place where a secret one meets a point. */
    BigInteger number() {
        return new BigInteger(1, encoded());
    }

    @Override
    public void close() {
        Arrays.fill(words, 0);
    }

    @Override
    public String toString() {
        return "Scalar";
    }
}
