package io.veilflow.mpc.threshold.ecdsa;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.PrssContext;
import io.veilflow.mpc.threshold.CurvePoint;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The public side of the key of an Ethereum account that belongs to the group: x = x_0 + x_1 + x_2, where component j is held by
 * P_j and P_{j-1} (PROTOCOLS 1, 9). No party has x, no two lack it. Refreshed and handed on it stays the same key with other
 * components, of the next generation.
 *
 * @param point x times the generator of secp256k1, 33 bytes, SEC 1 compressed
 * @param componentPoints each component times the generator, by component, 33 bytes each
 * @param generation 1 after key generation, one more after each refresh or replacement
 * @param transcript hash of everything that was said in public when these components were made, 32 bytes
 */
public record AccountKey(byte[] point, List<byte[]> componentPoints, int generation, byte[] transcript) {
    private static final int TRANSCRIPT_BYTES = 32;

    /** @throws IllegalArgumentException if these are not the public values of one such key */
    public AccountKey {
        point = point.clone();
        componentPoints = copy(componentPoints);
        transcript = transcript.clone();
        if (componentPoints.size() != PartyId.values().length
                || generation < 1
                || transcript.length != TRANSCRIPT_BYTES) {
            throw new IllegalArgumentException("account key with " + componentPoints.size() + " components, generation "
                    + generation + ", transcript of " + transcript.length + " bytes");
        }
        CurvePoint sum = CurvePoint.INFINITY;
        for (byte[] component : componentPoints) {
            sum = sum.plus(decoded(component, "component"));
        }
        if (!sum.equals(decoded(point, "point"))) {
            throw new IllegalArgumentException("the components of the account key are those of another key");
        }
    }

    private static CurvePoint decoded(byte[] encoded, String what) {
        return CurvePoint.decode(encoded)
                .orElseThrow(() -> new IllegalArgumentException("the account key's " + what + " is no point"));
    }

    private static List<byte[]> copy(List<byte[]> points) {
        return points.stream().map(byte[]::clone).toList();
    }

    @Override
    public byte[] point() {
        return point.clone();
    }

    @Override
    public List<byte[]> componentPoints() {
        return copy(componentPoints);
    }

    @Override
    public byte[] transcript() {
        return transcript.clone();
    }

    /** The key as a point. */
    public CurvePoint publicPoint() {
        return decoded(point, "point");
    }

    /** Component {@code index}, 0 to 2, times the generator. */
    public CurvePoint componentPoint(int index) {
        return decoded(componentPoints.get(index), "component");
    }

    /** Of the account on an Ethereum chain, 20 bytes. */
    public byte[] address() {
        return publicPoint().address();
    }

    /** Whether it is the same key, whatever its generation. */
    public boolean isSameKey(AccountKey other) {
        return Arrays.equals(point, other.point);
    }

    /** Everything that is public about it, encoded so that nothing else has the same bytes. */
    byte[] encoded() {
        return PrssContext.encode(
                point,
                componentPoints.get(0),
                componentPoints.get(1),
                componentPoints.get(2),
                PrssContext.text(Integer.toString(generation)),
                transcript);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AccountKey that && Arrays.equals(encoded(), that.encoded());
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(transcript) + generation;
    }

    @Override
    public String toString() {
        return "AccountKey[" + HexFormat.of().formatHex(point) + ", generation " + generation + "]";
    }
}
