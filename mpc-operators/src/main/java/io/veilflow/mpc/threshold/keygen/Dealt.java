package io.veilflow.mpc.threshold.keygen;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.threshold.GroupKey;
import io.veilflow.mpc.threshold.KeyShare;
import io.veilflow.mpc.threshold.Scalar;
import java.util.Arrays;
import java.util.List;

/**
 * How a dealing ended at one party.
 *
 * @param share this party's, secret
 * @param sum of the dealers' polynomials
 * @param transcript hash of everything said in public, the same at all three
 */
record Dealt(PartyId self, Scalar share, PolynomialCommitment sum, byte[] transcript) implements AutoCloseable {
    /** Whether a key can stand on it: its x is below the order, one share is not the key, and no share is zero. */
    boolean isUsable() {
        return sum.constant().isUsableAsKey()
                && !sum.slope().isInfinity()
                && Arrays.stream(PartyId.values())
                        .noneMatch(party -> sum.valueAt(party).isInfinity());
    }

    KeyShare keyShare(int generation) {
        List<byte[]> verificationShares = Arrays.stream(PartyId.values())
                .map(party -> sum.valueAt(party).encoded())
                .toList();
        GroupKey group = new GroupKey(sum.constant().encoded(), verificationShares, generation, transcript);
        byte[] secret = share.encoded();
        try {
            return KeyShare.of(self, group, secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    @Override
    public void close() {
        share.close();
    }

    @Override
    public String toString() {
        return "Dealt[" + self + "]";
    }
}
