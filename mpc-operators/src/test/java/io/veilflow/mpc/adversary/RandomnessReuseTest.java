package io.veilflow.mpc.adversary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.PrssContext;
import io.veilflow.mpc.randomness.PrssKey;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.Multiplication;
import io.veilflow.mpc.replicated.compare.TreeAdder;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.SessionContext;
import io.veilflow.mpc.testing.ThreePartyWorld;
import io.veilflow.mpc.verification.Verification;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Every mask, coin and seed belongs to one place of one attempt at one window. */
class RandomnessReuseTest {
    private static final long SEED = 8;

    /** K_ctx in use, with the place that it was first used at; the same keys of the epoch for all sessions. */
    private final Map<String, String> used = new ConcurrentHashMap<>();

    private ThreePartyWorld session(SessionContext context) {
        return ThreePartyWorld.seeded(SEED).withProfile(Profile.M).withContextKeys((key, path, purpose) -> {
            byte[] epochKey = new byte[32];
            epochKey[0] = (byte) key;
            try (PrssKey prss = new PrssKey(epochKey)) {
                byte[] out = prss.contextKey(PrssContext.of(context, path, purpose));
                String place = context.kind() + " " + context.id() + "/" + context.attempt() + " " + key + " " + path
                        + " " + purpose;
                String before = used.putIfAbsent(HexFormat.of().formatHex(out), place);
                assertTrue(before == null || before.equals(place), place + " uses the key of " + before);
                return out;
            }
        });
    }

    private static SessionContext context(SessionContext.Kind kind, long id, int attempt) {
        return new SessionContext(new byte[32], kind, id, new byte[32], attempt, new byte[32]);
    }

    private int runAll(SessionContext context) {
        for (Scenario scenario : List.of(
                ProductScenarios.multiplication(SEED, PrimeField.FR, 3),
                ComparisonScenarios.integerToBits(SEED, "tree", TreeAdder::new, 64, true),
                ConversionScenarios.bitsToNumber(SEED, PrimeField.P61, 3))) {
            session(context)
                    .run(session -> scenario.run(
                            session, scenario.inputsOf(session.self()), scenario.program(), Trial.honest()));
        }
        return used.size();
    }

    @Test
    @DisplayName(
            "C8: two windows, two attempts and a batch under the keys of one epoch share no key of a mask, coin or seed")
    void sessionsShareNothing() {
        int one = runAll(context(SessionContext.Kind.WINDOW, 7, 1));
        assertTrue(one > 100, "only " + one + " keys were seen");
        assertEquals(2 * one, runAll(context(SessionContext.Kind.WINDOW, 8, 1)));
        assertEquals(3 * one, runAll(context(SessionContext.Kind.WINDOW, 7, 2)));
        assertEquals(4 * one, runAll(context(SessionContext.Kind.BATCH, 7, 1)));
    }

    @Test
    @DisplayName(
            "C8: a place is used once: the same operation path, or the same verification in it, is refused the second time")
    void aSecondUseIsRefused() {
        ThreePartyWorld world = session(context(SessionContext.Kind.WINDOW, 9, 1));
        world.run(session -> {
            session.operation("once");
            return assertThrows(IllegalStateException.class, () -> session.operation("once"))
                    .getMessage();
        });
        Scenario product = ProductScenarios.multiplication(SEED, PrimeField.P61, 1);
        List<String> refusals = world.run(session -> {
            Operation operation = session.operation("mul");
            for (int k = 0; k < 2; k++) {
                multiply(operation, product.inputsOf(session.self()));
                if (k == 0) {
                    new Verification(operation, "dzkp").run();
                }
            }
            return assertThrows(IllegalStateException.class, () -> new Verification(operation, "dzkp").run())
                    .getMessage();
        });
        assertEquals(PartyId.values().length, refusals.size());
    }

    private static ElementShares multiply(Operation operation, List<SharedVector> inputs) {
        return new Multiplication(operation)
                .multiply(ProductScenarios.elements(inputs, 0), ProductScenarios.elements(inputs, 1));
    }
}
