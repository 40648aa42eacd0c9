package io.veilflow.mpc.adversary;

import static io.veilflow.mpc.adversary.ProductScenarios.bits;
import static io.veilflow.mpc.adversary.ProductScenarios.elements;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.veilflow.mpc.adversary.SharedVector.Bits;
import io.veilflow.mpc.adversary.SharedVector.Elements;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.PrssStream;
import io.veilflow.mpc.replicated.BitAnd;
import io.veilflow.mpc.replicated.Multiplication;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.testing.ThreePartyWorld;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What one party's state says about a secret: nothing; what two parties' states say: everything. */
class ReconstructionTest {
    private static final long SEED = 3;
    private static final List<BigInteger> ONE = List.of(BigInteger.valueOf(5), BigInteger.valueOf(1));
    private static final List<BigInteger> OTHER = List.of(BigInteger.valueOf(2), BigInteger.valueOf(6));

    private static WatchedInputs everyDomain(PartyId watched, List<BigInteger> values) {
        long[] small = values.stream().mapToLong(BigInteger::longValue).toArray();
        return new WatchedInputs(watched, SEED)
                .elements(PrimeField.FR, small)
                .elements(PrimeField.P61, small)
                .bits(3, values)
                .integers(values);
    }

    /** All bytes of both components. */
    private static byte[] state(List<SharedVector> shares) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        shares.forEach(vector -> {
            out.writeBytes(vector.ownBytes());
            out.writeBytes(vector.nextBytes());
        });
        return out.toByteArray();
    }

    @Test
    @DisplayName(
            "C11: one party's complete input state is the same for two secrets, in every domain; the others' are not")
    void oneStateFitsEverySecret() {
        for (PartyId watched : PartyId.values()) {
            WatchedInputs one = everyDomain(watched, ONE);
            WatchedInputs other = everyDomain(watched, OTHER);
            assertArrayEquals(state(one.of(watched)), state(other.of(watched)));
            for (PartyId peer : List.of(watched.next(), watched.previous())) {
                assertFalse(Arrays.equals(state(one.of(peer)), state(other.of(peer))));
            }
        }
    }

    @Test
    @DisplayName(
            "C11: one party cannot compute the third party's randomness, so a result's missing component stays open to it")
    void theThirdKeyIsNotHeld() {
        ThreePartyWorld.seeded(SEED).run(session -> {
            Operation operation = session.operation("keys");
            PartyId self = session.self();
            assertThrows(
                    IllegalArgumentException.class,
                    () -> operation.stream(self.previous().index(), "mul/Fr"));
            List<PrssStream> held = new ArrayList<>();
            for (PartyId key : List.of(self, self.next())) {
                held.add(operation.stream(key.index(), "mul/Fr"));
            }
            return held.size();
        });
    }

    @Test
    @DisplayName("C11: any two parties' states reconstruct inputs and results")
    void anyTwoReconstruct() {
        long[] values = ONE.stream().mapToLong(BigInteger::longValue).toArray();
        for (PartyId watched : PartyId.values()) {
            List<List<SharedVector>> states = states(everyDomain(watched, ONE));
            for (PartyId lost : PartyId.values()) {
                Function<Integer, long[]> reconstructed =
                        vector -> states.get(lost.next().index())
                                .get(vector)
                                .reconstruct(states.get(lost.previous().index()).get(vector));
                assertArrayEquals(Inputs.elements(PrimeField.FR, ONE), reconstructed.apply(0));
                assertArrayEquals(values, reconstructed.apply(1));
                assertArrayEquals(Inputs.planes(ONE, 3), reconstructed.apply(2));
                assertArrayEquals(new long[] {25, 1}, reconstructed.apply(3), "product without " + lost);
                assertArrayEquals(Inputs.planes(ONE, 3), reconstructed.apply(4), "AND without " + lost);
            }
        }
    }

    /** Inputs but the integers, then the square in F_p61 and x & x. */
    private static List<List<SharedVector>> states(WatchedInputs inputs) {
        List<List<SharedVector>> out = ThreePartyWorld.seeded(SEED).run(session -> {
            List<SharedVector> mine = new ArrayList<>(inputs.of(session.self()).subList(0, 3));
            mine.add(new Elements(
                    new Multiplication(session.operation("mul")).multiply(elements(mine, 1), elements(mine, 1))));
            mine.add(new Bits(new BitAnd(session.operation("and")).and(bits(mine, 2), bits(mine, 2))));
            return mine;
        });
        assertEquals(3, out.size());
        return out;
    }
}
