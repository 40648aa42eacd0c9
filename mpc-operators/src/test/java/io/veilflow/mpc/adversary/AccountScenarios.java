package io.veilflow.mpc.adversary;

import io.veilflow.mpc.adversary.Scenario.Program;
import io.veilflow.mpc.adversary.SharedVector.Elements;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.field.Words;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.Session;
import io.veilflow.mpc.testing.SeededRandom;
import io.veilflow.mpc.testing.SharedAccount;
import io.veilflow.mpc.testing.ThreePartyWorld;
import io.veilflow.mpc.threshold.ecdsa.AccountKey;
import io.veilflow.mpc.threshold.ecdsa.AccountKeyGeneration;
import io.veilflow.mpc.threshold.ecdsa.AccountResharing;
import io.veilflow.mpc.threshold.ecdsa.AccountSigner;
import io.veilflow.mpc.threshold.ecdsa.EcdsaSignature;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The account of the group: key generation, refresh, replacement, presigning, signing (PROTOCOLS 9). The result is what becomes
 * public, and with the seeds of the harness there is one right result.
 */
final class AccountScenarios {
    private static final Map<String, Domain> LABELS = Map.of(
            "start", Domain.BYTES,
            "commit", Domain.BYTES,
            "reveal", Domain.BYTES,
            "view", Domain.BYTES,
            "confirm", Domain.BYTES,
            "agree", Domain.BYTES,
            "R", Domain.POINTS);

    private AccountScenarios() {}

    static List<Scenario> all(long seed) {
        List<Scenario> out = new ArrayList<>();
        SharedAccount account = SharedAccount.seeded(seed);
        out.add(scenario(
                "account key generation",
                "",
                seed,
                Map.of(),
                session -> encoded(new AccountKeyGeneration(session.operation("keygen"))
                        .generate("account", random(seed, session))
                        .key())));
        out.add(scenario(
                "account refresh",
                "",
                seed,
                Map.of(),
                session -> encoded(new AccountResharing(session.operation("refresh"))
                        .refresh(account.share(session.self()), random(seed, session))
                        .key())));
        for (PartyId replaced : PartyId.values()) {
            out.add(scenario(
                    "account replacement",
                    "of " + replaced,
                    seed,
                    Map.of(),
                    session -> encoded(new AccountResharing(session.operation("replace"))
                            .replace(
                                    session.self() == replaced
                                            ? Optional.empty()
                                            : Optional.of(account.share(session.self())),
                                    account.key(),
                                    replaced,
                                    random(seed, session))
                            .key())));
        }
        out.add(signing(seed, account, 1));
        out.add(signing(seed, account, 2));
        return out;
    }

    @FunctionalInterface
    private interface Course {
        byte[] run(Session session);
    }

    private static Scenario scenario(
            String primitive, String name, long seed, Map<String, Program> deviations, Course course) {
        Program program = program(course);
        long[] expected = ThreePartyWorld.seeded(seed)
                .withProfile(Profile.M)
                .run(session -> words(course.run(session)))
                .get(0);
        return new Scenario(
                primitive,
                name,
                Profile.M,
                Domain.ZQ,
                LABELS,
                new Inputs(seed).perParty(),
                (session, result, trial) -> ((Elements) result).shares().own(),
                program,
                expected,
                deviations);
    }

    private static Program program(Course course) {
        return (session, none) -> {
            long[] result = words(course.run(session));
            return new Elements(new ElementShares(PrimeField.P61, result.length, result, result.clone()));
        };
    }

    private static Scenario signing(long seed, SharedAccount account, int signatures) {
        Map<String, Program> deviations = new LinkedHashMap<>();
        deviations.put("OTHER_HASH", program(session -> signed(session, account, signatures, 77)));
        deviations.put(
                "OTHER_OWN_COMPONENT",
                program(session -> signed(session, account.asSeenByLiar(session.self(), true), signatures, 1)));
        deviations.put(
                "OTHER_NEXT_COMPONENT",
                program(session -> signed(session, account.asSeenByLiar(session.self(), false), signatures, 1)));
        return scenario(
                "account signatures",
                signatures + " of a batch",
                seed,
                deviations,
                session -> signed(session, account, signatures, 1));
    }

    private static byte[] signed(Session session, SharedAccount account, int signatures, int first) {
        byte[] out = new byte[signatures * 3 * EcdsaSignature.HASH_BYTES];
        try (AccountSigner signer = new AccountSigner(session, "account", account.share(session.self()))) {
            signer.prepare(signatures);
            for (int k = 0; k < signatures; k++) {
                byte[] hash = new byte[EcdsaSignature.HASH_BYTES];
                hash[0] = (byte) (first + k);
                EcdsaSignature signature = signer.sign(hash);
                int at = k * 3 * EcdsaSignature.HASH_BYTES;
                System.arraycopy(signature.r(), 0, out, at, hash.length);
                System.arraycopy(signature.s(), 0, out, at + hash.length, hash.length);
                out[at + 2 * hash.length] = (byte) signature.v();
            }
        }
        return out;
    }

    private static SecureRandom random(long seed, Session session) {
        return new SeededRandom(3 * seed + session.self().index());
    }

    /** 33 bytes four times and 32 bytes. */
    private static byte[] encoded(AccountKey key) {
        byte[] out = new byte[168];
        int at = 0;
        List<byte[]> parts = new ArrayList<>(key.componentPoints());
        parts.add(key.point());
        parts.add(key.transcript());
        for (byte[] part : parts) {
            System.arraycopy(part, 0, out, at, part.length);
            at += part.length;
        }
        out[at] = (byte) key.generation();
        return out;
    }

    private static long[] words(byte[] bytes) {
        return Words.decode(bytes);
    }
}
