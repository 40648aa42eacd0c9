package io.veilflow.mpc.threshold;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A Schnorr signature of a group key in the form that a contract checks with one {@code ecrecover} (PROTOCOLS 9).
 *
 * @param s 32 bytes big-endian
 * @param nonceAddress address of the point R, 20 bytes
 */
public record GroupSignature(byte[] s, byte[] nonceAddress) {
    /** s || address. */
    public static final int BYTES = Scalar.BYTES + CurvePoint.ADDRESS_BYTES;

    public static final int MESSAGE_BYTES = 32;

    public GroupSignature {
        if (s.length != Scalar.BYTES || nonceAddress.length != CurvePoint.ADDRESS_BYTES) {
            throw new IllegalArgumentException(
                    "s has " + s.length + " bytes, the address of R " + nonceAddress.length + " bytes");
        }
        s = s.clone();
        nonceAddress = nonceAddress.clone();
    }

    /** Empty for another length; whether it is right, {@link #verifies} says. */
    public static Optional<GroupSignature> decode(byte[] bytes) {
        return bytes.length == BYTES
                ? Optional.of(new GroupSignature(
                        Arrays.copyOf(bytes, Scalar.BYTES), Arrays.copyOfRange(bytes, Scalar.BYTES, BYTES)))
                : Optional.empty();
    }

    public byte[] bytes() {
        byte[] out = Arrays.copyOf(s, BYTES);
        System.arraycopy(nonceAddress, 0, out, Scalar.BYTES, nonceAddress.length);
        return out;
    }

    /**
     * Says what the contract says: not for s = 0 or s at or above the order, a key whose x is not below the order, an address of zeros, or
     * where the address of s*G - c*Y is another.
     *
     * @param groupPoint 33 bytes
     * @param message 32 bytes
     */
    public boolean verifies(byte[] groupPoint, byte[] message) {
        Optional<CurvePoint> key = CurvePoint.decode(groupPoint).filter(CurvePoint::isUsableAsKey);
        Optional<Scalar> response = Scalar.decode(s).filter(value -> !value.isZero());
        if (key.isEmpty() || response.isEmpty() || message.length != MESSAGE_BYTES || isZero(nonceAddress)) {
            return false;
        }
        Scalar challenge = Ciphersuite.challenge(key.get(), message, nonceAddress);
        CurvePoint nonce = CurvePoint.sum(response.get(), challenge.negated(), key.get());
        return !nonce.isInfinity() && Arrays.equals(nonce.address(), nonceAddress);
    }

    private static boolean isZero(byte[] bytes) {
        return Arrays.equals(bytes, new byte[bytes.length]);
    }

    @Override
    public byte[] s() {
        return s.clone();
    }

    @Override
    public byte[] nonceAddress() {
        return nonceAddress.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GroupSignature that && Arrays.equals(bytes(), that.bytes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes());
    }

    @Override
    public String toString() {
        return "GroupSignature[" + HexFormat.of().formatHex(bytes()) + "]";
    }
}
