package io.veilflow.mpc.threshold;

import io.veilflow.mpc.party.PartyId;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The public side of a key of which any two parties hold enough to sign and none does alone: a secret shared by a polynomial of
 * degree one, whose value at index + 1 each party holds. Refreshed and handed on it stays the same key with other shares, of
 * the next generation.
 *
 * @param point the key, 33 bytes, SEC 1 compressed, x below the order of secp256k1
 * @param verificationShares each party's share times the generator, by party index, 33 bytes each
 * @param generation 1 after key generation, one more after each refresh or replacement
 * @param transcript hash of everything that was said in public when these shares were made, 32 bytes
 */
public record GroupKey(byte[] point, List<byte[]> verificationShares, int generation, byte[] transcript) {
    private static final int TRANSCRIPT_BYTES = 32;

    /** @throws IllegalArgumentException if these are not the public values of one such key */
    public GroupKey {
        point = point.clone();
        verificationShares = copy(verificationShares);
        transcript = transcript.clone();
        if (verificationShares.size() != PartyId.values().length
                || generation < 1
                || transcript.length != TRANSCRIPT_BYTES) {
            throw new IllegalArgumentException("group key with " + verificationShares.size() + " shares, generation "
                    + generation + ", transcript of " + transcript.length + " bytes");
        }
        CurvePoint key = decoded(point, "point");
        CurvePoint first = decoded(verificationShares.get(0), "share of P0");
        CurvePoint slope = first.minus(key);
        requireThat(key.isUsableAsKey(), "a point whose x is below the order");
        requireThat(!slope.isInfinity(), "shares of which one alone is not the key");
        requireThat(
                decoded(verificationShares.get(1), "share of P1").equals(first.plus(slope))
                        && decoded(verificationShares.get(2), "share of P2")
                                .equals(first.plus(slope).plus(slope)),
                "shares of this key");
    }

    private static CurvePoint decoded(byte[] encoded, String what) {
        return CurvePoint.decode(encoded)
                .orElseThrow(() -> new IllegalArgumentException("the group key's " + what + " is no point"));
    }

    private static void requireThat(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException("a group key has " + what);
        }
    }

    private static List<byte[]> copy(List<byte[]> shares) {
        return shares.stream().map(byte[]::clone).toList();
    }

    @Override
    public byte[] point() {
        return point.clone();
    }

    @Override
    public List<byte[]> verificationShares() {
        return copy(verificationShares);
    }

    @Override
    public byte[] transcript() {
        return transcript.clone();
    }

    /** The key as a point. */
    public CurvePoint publicPoint() {
        return decoded(point, "point");
    }

    /** The party's share times the generator. */
    public CurvePoint verificationShare(PartyId party) {
        return decoded(verificationShares.get(party.index()), "share of " + party);
    }

    /** Whether it is the same key, whatever its generation. */
    public boolean isSameKey(GroupKey other) {
        return Arrays.equals(point, other.point);
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof GroupKey that)
                || generation != that.generation
                || !Arrays.equals(point, that.point)
                || !Arrays.equals(transcript, that.transcript)) {
            return false;
        }
        for (int k = 0; k < verificationShares.size(); k++) {
            if (!Arrays.equals(verificationShares.get(k), that.verificationShares.get(k))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(transcript) + generation;
    }

    @Override
    public String toString() {
        return "GroupKey[" + HexFormat.of().formatHex(point) + ", generation " + generation + "]";
    }
}
