package io.veilflow.mpc.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The attack that order (b) of PROTOCOLS 4.5 stops. A corrupted left verifier tells the prover another seed or another
 * challenge than the right verifier uses, and plays everything else honestly. Then the sums do not cancel, and the
 * right verifier's accumulator shows what is left of them: a linear function of the component that the attacker lacks.
 *
 * <p>The attacker here wants an institution's amount, which is multiplied with values that the attacker knows (its own
 * book). Against a prover that does not compare the echo, which exists in this test only, one abort gives it the whole
 * amount; against the product the right verifier's clear values never leave.
 */
class WrongChallengeAttackTest {
    /** An institution's 64-bit amount, in hundredths. */
    private static final long AMOUNT = 8_412_345_678_901_234_567L;

    enum Lie {
        SEED,
        CHALLENGE
    }

    @ParameterizedTest
    @EnumSource(PartyId.class)
    @DisplayName("without the echo a wrong seed shows a 64-bit amount from one abort")
    void aWrongSeedAgainstAProverThatDoesNotCompare(PartyId attacker) {
        assertEquals(AMOUNT, new LyingLeftVerifier(attacker, Lie.SEED, AMOUNT).amountFromOneAbort());
    }

    @ParameterizedTest
    @EnumSource(PartyId.class)
    @DisplayName("without the echo a wrong challenge shows a 64-bit amount from one abort")
    void aWrongChallengeAgainstAProverThatDoesNotCompare(PartyId attacker) {
        assertEquals(AMOUNT, new LyingLeftVerifier(attacker, Lie.CHALLENGE, AMOUNT).amountFromOneAbort());
    }

    @Test
    @DisplayName(
            "C3: a left verifier that tells the prover another seed or challenge never sees the right verifier's clear"
                    + " values")
    void theProductNeverShowsTheAccumulator() {
        for (PartyId attacker : PartyId.values()) {
            for (Lie lie : Lie.values()) {
                LyingLeftVerifier lying = new LyingLeftVerifier(attacker, lie, AMOUNT);
                Map<PartyId, ProtocolAbortException> aborts = lying.attackTheProduct();
                PartyId prover = attacker.next();
                assertEquals(Reason.CHECK_FAILED, aborts.get(prover).reason(), attacker + " " + lie);
                assertTrue(aborts.get(prover).accused().isEmpty(), "the right verifier might have lied as well");
                assertTrue(aborts.containsKey(prover.next()), "the right verifier was told");
                String clear = prover.next() + ">" + attacker + " dzkp/Fr/" + prover.index() + "/clear";
                assertFalse(lying.labels().contains(clear), attacker + " " + lie);
            }
        }
    }

    /** The harness itself: an attacker that lies about nothing sees accumulators that cancel, and nobody aborts. */
    @Test
    void withoutALieTheAccumulatorsCancel() {
        LockstepParties parties = new LockstepParties(1);
        parties.sums(PrimeField.FR, 3, 1, PartyId.P0);
        assertEquals(Map.of(), parties.verify("dzkp"));
    }
}
