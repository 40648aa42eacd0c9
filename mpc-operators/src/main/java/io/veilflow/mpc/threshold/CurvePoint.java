package io.veilflow.mpc.threshold;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.KeccakDigest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/**
 * A point of secp256k1, or infinity. Public: secrets are scalars. Immutable.
 *
 * <p><b>Timing.</b> Bouncy Castle's scalars are {@code BigInteger}s, whose timing depends on their value and which cannot be wiped.
 * {@link #generatorTimesSecret} is the only place where one holds a secret, and there the secret is split into two numbers
 * of which each alone is uniform and fresh, so that what they take tells nothing of it (docs/security/group-key.md).
 */
public final class CurvePoint {
    /** Of an encoded point. */
    public static final int BYTES = 33;

    public static final int ADDRESS_BYTES = 20;

    private static final X9ECParameters PARAMETERS = CustomNamedCurves.getByName("secp256k1");

    public static final CurvePoint INFINITY =
            new CurvePoint(PARAMETERS.getCurve().getInfinity());
    public static final CurvePoint GENERATOR = new CurvePoint(PARAMETERS.getG());

    private final ECPoint point;

    private CurvePoint(ECPoint point) {
        this.point = point;
    }

    /**
     * @param encoded 33 bytes, SEC 1 compressed
     * @return empty for anything else than the one encoding of a point other than infinity
     */
    public static Optional<CurvePoint> decode(byte[] encoded) {
        if (encoded.length != BYTES || encoded[0] != 2 && encoded[0] != 3) {
            return Optional.empty();
        }
        try {
            return Optional.of(new CurvePoint(PARAMETERS.getCurve().decodePoint(encoded)));
        } catch (IllegalArgumentException notOnTheCurve) {
            return Optional.empty();
        }
    }

    /** The secret times the generator. */
    public static CurvePoint generatorTimesSecret(Scalar secret) {
        FixedPointCombMultiplier comb = new FixedPointCombMultiplier();
        try (Scalar blind = Scalar.random(new SecureRandom());
                Scalar rest = secret.minus(blind)) {
            ECPoint one = comb.multiply(PARAMETERS.getG(), rest.number());
            ECPoint other = comb.multiply(PARAMETERS.getG(), blind.number());
            return new CurvePoint(one.add(other));
        }
    }

    /** A public number times the generator. */
    public static CurvePoint generatorTimes(Scalar number) {
        return new CurvePoint(new FixedPointCombMultiplier().multiply(PARAMETERS.getG(), number.number()));
    }

    /** Public numbers: the first times the generator plus the second times the point. */
    public static CurvePoint sum(Scalar ofGenerator, Scalar ofPoint, CurvePoint point) {
        return new CurvePoint(ECAlgorithms.sumOfTwoMultiplies(
                PARAMETERS.getG(), ofGenerator.number(), point.point, ofPoint.number()));
    }

    /** A public number times this. */
    public CurvePoint times(Scalar number) {
        return new CurvePoint(point.multiply(number.number()));
    }

    public CurvePoint plus(CurvePoint other) {
        return new CurvePoint(point.add(other.point));
    }

    public CurvePoint minus(CurvePoint other) {
        return new CurvePoint(point.subtract(other.point));
    }

    public boolean isInfinity() {
        return point.isInfinity();
    }

    /**
     * 33 bytes, SEC 1 compressed.
     *
     * @throws IllegalStateException of infinity, which has no encoding
     */
    public byte[] encoded() {
        return finite().getEncoded(true);
    }

    /** 32 bytes big-endian. */
    public byte[] x() {
        return finite().getAffineXCoord().getEncoded();
    }

    /** 0 or 1: whether y is odd. */
    public int parity() {
        return finite().getAffineYCoord().testBitZero() ? 1 : 0;
    }

    /** Whether x is below the order of the group, so that the chain can take it for an ECDSA signature's r. */
    public boolean isUsableAsKey() {
        return !isInfinity() && new BigInteger(1, x()).compareTo(PARAMETERS.getN()) < 0;
    }

    /** As the EVM gives it to the key: the last 20 bytes of keccak256(x || y). */
    public byte[] address() {
        byte[] encoded = finite().getEncoded(false);
        byte[] hash = keccak256(Arrays.copyOfRange(encoded, 1, encoded.length));
        return Arrays.copyOfRange(hash, hash.length - ADDRESS_BYTES, hash.length);
    }

    static byte[] keccak256(byte[]... parts) {
        KeccakDigest digest = new KeccakDigest(256);
        for (byte[] part : parts) {
            digest.update(part, 0, part.length);
        }
        byte[] out = new byte[digest.getDigestSize()];
        digest.doFinal(out, 0);
        return out;
    }

    private ECPoint finite() {
        if (isInfinity()) {
            throw new IllegalStateException("the point at infinity has no coordinates");
        }
        return point.normalize();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CurvePoint that && point.equals(that.point);
    }

    @Override
    public int hashCode() {
        return point.hashCode();
    }
}
