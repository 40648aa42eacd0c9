package io.veilflow.mpc.adversary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.IntegerShares;
import io.veilflow.mpc.replicated.Multiplication;
import io.veilflow.mpc.replicated.convert.BitsToNumber;
import io.veilflow.mpc.replicated.convert.IntegerToBits;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.Session;
import io.veilflow.mpc.testing.Clear;
import io.veilflow.mpc.testing.ThreePartyWorld;
import io.veilflow.mpc.verification.Verification;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a thief of one party's memory has at every stage of a computation, and what a thief of two has. */
class OnePartyStateTest {
    private static final long SEED = 20261125;
    private static final int COUNT = 64;
    private static final int BITS = 48;

    private final Random random = new Random(SEED);
    private final List<BigInteger> clear = IntStream.range(0, COUNT)
            .mapToObj(k -> new BigInteger(BITS, random))
            .toList();
    private final List<IntegerShares> inputs = Clear.shareIntegers(clear, random);

    /** Shares of the same numbers in every domain, as one party holds them. */
    private record State(List<ElementShares> elements, BitShares bits) {}

    @Test
    @DisplayName(
            "C11: one party's state gives no value in any domain, whichever party it is; two parties' states give all")
    void oneStateIsNotEnoughAndTwoAre() {
        List<State> states = ThreePartyWorld.seeded(SEED).withProfile(Profile.M).run(this::compute);
        for (int domain = 0; domain < states.get(0).elements().size(); domain++) {
            for (PartyId one : PartyId.values()) {
                ElementShares mine = states.get(one.index()).elements().get(domain);
                PrimeField field = mine.field();
                for (long[] guess : List.of(mine.own(), mine.next(), field.add(mine.own(), mine.next()))) {
                    assertNothing(Clear.values(field, guess), one + ", domain " + domain);
                }
                ElementShares other = states.get(one.next().index()).elements().get(domain);
                long[] three = field.add(field.add(mine.own(), mine.next()), other.next());
                assertEquals(clear, Clear.values(field, three), one + " and the next, domain " + domain);
            }
        }
        for (PartyId one : PartyId.values()) {
            BitShares mine = states.get(one.index()).bits();
            BitShares other = states.get(one.next().index()).bits();
            for (long[] guess : List.of(mine.own(), mine.next(), xor(mine.own(), mine.next()))) {
                assertNothing(Clear.lanes(guess, COUNT, BITS), one + ", bits");
            }
            long[] three = xor(xor(mine.own(), mine.next()), other.next());
            assertEquals(clear, Clear.lanes(three, COUNT, BITS), one + " and the next, bits");
        }
    }

    @Test
    @DisplayName(
            "C11: one party's input state is the same for two secrets in every domain; the other two parties' are not")
    void oneStateFitsEverySecret() {
        for (PartyId watched : PartyId.values()) {
            WatchedInputs one = everyDomain(watched, List.of(BigInteger.valueOf(5), BigInteger.valueOf(1)));
            WatchedInputs other = everyDomain(watched, List.of(BigInteger.valueOf(2), BigInteger.valueOf(6)));
            assertArrayEquals(state(one.of(watched)), state(other.of(watched)), watched.toString());
            for (PartyId peer : List.of(watched.next(), watched.previous())) {
                assertFalse(Arrays.equals(state(one.of(peer)), state(other.of(peer))), watched + ", " + peer);
            }
        }
    }

    private static WatchedInputs everyDomain(PartyId watched, List<BigInteger> values) {
        long[] small = values.stream().mapToLong(BigInteger::longValue).toArray();
        return new WatchedInputs(watched, SEED)
                .elements(PrimeField.FR, small)
                .elements(PrimeField.P61, small)
                .bits(3, values)
                .integers(values);
    }

    private static byte[] state(List<SharedVector> shares) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (SharedVector vector : shares) {
            out.writeBytes(vector.ownBytes());
            out.writeBytes(vector.nextBytes());
        }
        return out.toByteArray();
    }

    @Test
    @DisplayName("C11: a party has no stream of the key that the two others share")
    void theThirdKeyIsNotThere() {
        ThreePartyWorld.seeded(SEED).run(session -> {
            int lacking = session.self().previous().index();
            Operation operation = session.operation("keys");
            return assertThrows(IllegalArgumentException.class, () -> operation.stream(lacking, "any"));
        });
    }

    private State compute(Session session) {
        IntegerShares mine = inputs.get(session.self().index());
        BitShares bits =
                IntegerToBits.forLanes(session.operation("bits"), COUNT).all(mine, BITS);
        ElementShares number = new BitsToNumber(session.operation("number"), PrimeField.P61).convert(bits);
        Operation operation = session.operation("product");
        ElementShares one = ElementShares.ofPublic(
                PrimeField.FR, session.self(), COUNT, PrimeField.FR.repeat(PrimeField.FR.one(), COUNT));
        ElementShares product = new Multiplication(operation).multiply(mine.toFr(), one);
        new Verification(operation, "all").run();
        return new State(List.of(mine.toFr(), product, number), bits);
    }

    private static long[] xor(long[] a, long[] b) {
        long[] out = a.clone();
        for (int k = 0; k < out.length; k++) {
            out[k] ^= b[k];
        }
        return out;
    }

    private void assertNothing(List<BigInteger> guess, String what) {
        for (int k = 0; k < COUNT; k++) {
            assertTrue(!guess.get(k).equals(clear.get(k)), what + ": number " + k + " stands there in the clear");
        }
    }
}
