package io.veilflow.mpc.threshold;

import io.veilflow.mpc.party.PartyId;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Group keys of tests, whose secret one hand has dealt. */
public final class TestKeys {
    private TestKeys() {}

    /** Randomness that is the same every time. */
    public static SecureRandom seeded(long seed) {
        Random random = new Random(seed);
        return new SecureRandom() {
            private static final long serialVersionUID = 1L;

            @Override
            public void nextBytes(byte[] bytes) {
                random.nextBytes(bytes);
            }
        };
    }

    /** Of the first generation, by party index. */
    public static List<KeyShare> shares(long seed) {
        SecureRandom random = seeded(seed);
        return shares(Scalar.random(random), Scalar.random(random), 1);
    }

    /** On the line with this value at zero and this slope. */
    public static List<KeyShare> shares(Scalar secret, Scalar slope, int generation) {
        List<byte[]> scalars = new ArrayList<>();
        for (PartyId party : PartyId.values()) {
            scalars.add(secret.plus(slope.times(Scalar.identifier(party))).encoded());
        }
        byte[] point = CurvePoint.generatorTimesSecret(secret).encoded();
        byte[] transcript = new byte[32];
        Arrays.fill(transcript, (byte) generation);
        return shares(group(point, scalars, generation, transcript), scalars);
    }

    /** @param scalars shares by party index, 32 bytes each */
    public static List<KeyShare> shares(GroupKey group, List<byte[]> scalars) {
        List<KeyShare> out = new ArrayList<>();
        for (PartyId party : PartyId.values()) {
            out.add(KeyShare.of(party, group, scalars.get(party.index())));
        }
        return out;
    }

    public static GroupKey group(byte[] point, List<byte[]> scalars, int generation, byte[] transcript) {
        List<byte[]> verificationShares = scalars.stream()
                .map(scalar -> CurvePoint.generatorTimesSecret(
                                Scalar.decode(scalar).orElseThrow())
                        .encoded())
                .toList();
        return new GroupKey(point, verificationShares, generation, transcript);
    }

    /** The key that two shares make. */
    public static CurvePoint combined(KeyShare one, KeyShare other) {
        Scalar i = Scalar.identifier(one.holder());
        Scalar j = Scalar.identifier(other.holder());
        Scalar ofOne = j.times(j.minus(i).inverse());
        Scalar ofOther = i.times(i.minus(j).inverse());
        return CurvePoint.generatorTimesSecret(
                one.exposeSecret().times(ofOne).plus(other.exposeSecret().times(ofOther)));
    }
}
