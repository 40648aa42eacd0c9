package io.veilflow.mpc.adversary;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.field.Words;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.Session;
import io.veilflow.mpc.testing.ThreePartyWorld;
import io.veilflow.mpc.threshold.GroupKey;
import io.veilflow.mpc.threshold.KeyShare;
import io.veilflow.mpc.threshold.TestKeys;
import io.veilflow.mpc.threshold.keygen.KeyGeneration;
import io.veilflow.mpc.threshold.keygen.Resharing;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The group key's life: generation, refresh, replacement of each party. Its result is a digest of everything public about the key, and a
 * party that ends has checked its own share against that, so a wrong share is a crash and another key a wrong result.
 */
final class KeyScenarios {
    private KeyScenarios() {}

    static List<Scenario> all(long seed) {
        List<KeyShare> old = TestKeys.shares(seed);
        List<Scenario> out = new ArrayList<>();
        out.add(scenario(
                seed, "key generation", "FROST", (session, random) -> new KeyGeneration(session.operation("keys"))
                        .generate("RESULT", random)));
        out.add(scenario(seed, "key refresh", "FROST", (session, random) -> new Resharing(session.operation("keys"))
                .refresh(old.get(session.self().index()), random)));
        for (PartyId replaced : PartyId.values()) {
            out.add(scenario(seed, "key replacement", "FROST, " + replaced, (session, random) -> new Resharing(
                            session.operation("keys"))
                    .replace(
                            Optional.of(old.get(session.self().index())).filter(share -> share.holder() != replaced),
                            old.get(0).group(),
                            replaced,
                            random)));
        }
        return out;
    }

    private static Scenario scenario(
            long seed, String primitive, String name, BiFunction<Session, SecureRandom, KeyShare> keys) {
        Scenario.Ending ending = (session, shares, trial) -> {
            SecureRandom random = TestKeys.seeded(seed + session.self().index());
            try (KeyShare share = keys.apply(session, random)) {
                return digest(share.group());
            }
        };
        long[] expected = ThreePartyWorld.seeded(seed)
                .run(session -> ending.open(session, null, null))
                .get(0);
        return new Scenario(
                primitive,
                name,
                Profile.M,
                Domain.BYTES,
                Map.of("1/part", Domain.ZQ),
                new Inputs(seed).elements(PrimeField.FR, new long[0]).perParty(),
                ending,
                (session, mine) -> mine.get(0),
                expected,
                Map.of());
    }

    private static long[] digest(GroupKey group) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(group.point());
            group.verificationShares().forEach(digest::update);
            digest.update(group.transcript());
            return Words.decode(digest.digest(ByteBuffer.allocate(Integer.BYTES)
                    .putInt(group.generation())
                    .array()));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
