package io.veilflow.mpc.threshold.ecdsa;

import io.veilflow.mpc.threshold.CurvePoint;
import io.veilflow.mpc.threshold.Scalar;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * An ECDSA signature over secp256k1 as Ethereum takes it: low s, and the parity of R's y, so that the key can be recovered.
 *
 * @param r 32 bytes big-endian
 * @param s 32 bytes big-endian, at most half of the group's order
 * @param v 27 for an even y of R, 28 for an odd one
 */
public record EcdsaSignature(byte[] r, byte[] s, int v) {
    public static final int HASH_BYTES = 32;

    private static final int V_OF_EVEN = 27;

    /** Half of the order, rounded down. */
    private static final byte[] LARGEST_S =
            HexFormat.of().parseHex("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0");

    public EcdsaSignature {
        if (r.length != Scalar.BYTES || s.length != Scalar.BYTES || v != V_OF_EVEN && v != V_OF_EVEN + 1) {
            throw new IllegalArgumentException(
                    "a signature of " + r.length + " and " + s.length + " bytes with v = " + v);
        }
        r = r.clone();
        s = s.clone();
    }

    /** From R and any s: the one of s and -s that is low, with v to match. */
    static EcdsaSignature of(CurvePoint nonce, Scalar response) {
        int parity = nonce.parity();
        byte[] s = response.encoded();
        if (Arrays.compareUnsigned(s, LARGEST_S) > 0) {
            s = Scalar.of(0).minus(response).encoded();
            parity ^= 1;
        }
        return new EcdsaSignature(nonce.x(), s, V_OF_EVEN + parity);
    }

    @Override
    public byte[] r() {
        return r.clone();
    }

    @Override
    public byte[] s() {
        return s.clone();
    }

    /**
     * The key that made it: what {@code ecrecover} gives, and nothing for r or s of zero, at or above the order, or a high s.
     *
     * @param hash 32 bytes
     */
    public Optional<CurvePoint> recover(byte[] hash) {
        if (hash.length != HASH_BYTES || Arrays.compareUnsigned(s, LARGEST_S) > 0) {
            return Optional.empty();
        }
        byte[] compressed = new byte[CurvePoint.BYTES];
        compressed[0] = (byte) (2 + v - V_OF_EVEN);
        System.arraycopy(r, 0, compressed, 1, r.length);
        Optional<Scalar> first = Scalar.decode(r).filter(number -> !number.isZero());
        Optional<Scalar> second = Scalar.decode(s).filter(number -> !number.isZero());
        Optional<CurvePoint> nonce = CurvePoint.decode(compressed);
        if (first.isEmpty() || second.isEmpty() || nonce.isEmpty()) {
            return Optional.empty();
        }
        Scalar inverse = first.get().inverse();
        Scalar ofGenerator = Scalar.of(0).minus(Scalar.reduce(hash).times(inverse));
        CurvePoint key = CurvePoint.sum(ofGenerator, second.get().times(inverse), nonce.get());
        return key.isInfinity() ? Optional.empty() : Optional.of(key);
    }

    /** Whether this key signed this hash. */
    public boolean verifies(CurvePoint key, byte[] hash) {
        return recover(hash).filter(key::equals).isPresent();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EcdsaSignature that
                && Arrays.equals(r, that.r)
                && Arrays.equals(s, that.s)
                && v == that.v;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(s);
    }

    @Override
    public String toString() {
        return "EcdsaSignature[" + HexFormat.of().formatHex(r) + HexFormat.of().formatHex(s) + ", v " + v + "]";
    }
}
