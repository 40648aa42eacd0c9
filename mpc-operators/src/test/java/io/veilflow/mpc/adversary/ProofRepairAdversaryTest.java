package io.veilflow.mpc.adversary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.PrssContext;
import io.veilflow.mpc.randomness.PrssKey;
import io.veilflow.mpc.randomness.PrssStream;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import io.veilflow.mpc.testing.Outcome;
import io.veilflow.mpc.testing.ThreePartyWorld;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A prover that follows its error and makes every sum of its proof right. */
class ProofRepairAdversaryTest {
    private static final long SEED = 21;
    private static final int PRODUCTS = 3;
    private static final int LEVELS = 2;
    private static final int LAST_LEVEL_POINTS = 9;
    private static final List<PrimeField> FIELDS = List.of(PrimeField.FR, PrimeField.P61);

    private final ThreePartyWorld seeded = ThreePartyWorld.seeded(SEED).withProfile(Profile.M);
    private final ThreePartyWorld world = seeded.withContextKeys(this::contextKey);

    private byte[] contextKey(int key, String path, String purpose) {
        byte[] epochKey = new byte[32];
        epochKey[0] = (byte) key;
        try (PrssKey prss = new PrssKey(epochKey)) {
            return prss.contextKey(PrssContext.of(seeded.context(), path, purpose));
        }
    }

    /** (x*y + 1)^2 is what the three hold; x*y squared is right. */
    private List<Outcome<long[]>> run(Scenario scenario, PartyId cheater, RepairedProof attack) {
        Trial trial = new Trial(attack, cheater);
        return world.withCorrupted(cheater, (honest, links) -> new CorruptSession(honest, links, attack))
                .attempt(session -> scenario.run(
                        session,
                        scenario.inputsOf(session.self()),
                        session.self() == cheater
                                ? scenario.deviations().get(DeviantProducts.FOLLOWED_ERROR.name())
                                : scenario.program(),
                        trial));
    }

    @Test
    @DisplayName("C1: a proof whose sums are all repaired fails at the last challenge")
    void aRepairedProofFails() {
        for (PrimeField field : FIELDS) {
            Scenario scenario = ProductScenarios.multiplication(SEED, field, PRODUCTS);
            for (PartyId cheater : PartyId.values()) {
                List<Outcome<long[]>> outcomes =
                        run(scenario, cheater, new RepairedProof(field, cheater, Optional.empty()));
                for (PartyId honest : List.of(cheater.next(), cheater.previous())) {
                    ProtocolAbortException abort = assertInstanceOf(
                            ProtocolAbortException.class,
                            outcomes.get(honest.index()).failure());
                    assertEquals(Reason.CHECK_FAILED, abort.reason(), cheater + ", " + field.label());
                    assertEquals(Optional.empty(), abort.accused());
                }
            }
        }
    }

    @Test
    @DisplayName("C1: the same prover wins if it is told the last challenge, which is why nobody tells it")
    void theLastChallengeIsWhatStopsIt() {
        for (PrimeField field : FIELDS) {
            Scenario scenario = ProductScenarios.multiplication(SEED, field, PRODUCTS);
            for (PartyId cheater : PartyId.values()) {
                Optional<long[]> known = Optional.of(lastChallenge(field, cheater));
                List<Outcome<long[]>> outcomes = run(scenario, cheater, new RepairedProof(field, cheater, known));
                for (PartyId honest : List.of(cheater.next(), cheater.previous())) {
                    assertArrayEquals(
                            wrong(field),
                            outcomes.get(honest.index()).result(),
                            () -> cheater + ", " + field.label() + ": "
                                    + outcomes.get(honest.index()).failure());
                }
            }
        }
    }

    /** As its two verifiers draw it, from the key that the prover lacks. */
    private long[] lastChallenge(PrimeField field, PartyId prover) {
        String purpose = "dzkp/" + field.label() + "/c/" + LEVELS;
        long[] out = new long[field.words()];
        try (PrssStream stream = new PrssStream(contextKey(prover.previous().index(), "verify", purpose))) {
            stream.elements(field, out, 0, 1);
        }
        for (int point = 0; point < LAST_LEVEL_POINTS; point++) {
            assertFalse(Arrays.equals(field.element(point), out), "a challenge of another try");
        }
        return out;
    }

    private static long[] wrong(PrimeField field) {
        Inputs inputs = new Inputs(SEED);
        long[] product = field.multiply(inputs.uniform(field, PRODUCTS), inputs.uniform(field, PRODUCTS));
        long[] error = new long[product.length];
        System.arraycopy(field.one(), 0, error, 0, field.words());
        long[] wrong = field.add(product, error);
        return field.multiply(wrong, wrong);
    }
}
