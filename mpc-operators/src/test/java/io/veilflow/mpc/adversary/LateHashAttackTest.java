package io.veilflow.mpc.adversary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.PrssContext;
import io.veilflow.mpc.randomness.PrssKey;
import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.IntegerShares;
import io.veilflow.mpc.replicated.MaskedOpening;
import io.veilflow.mpc.replicated.Multiplication;
import io.veilflow.mpc.replicated.Opening;
import io.veilflow.mpc.replicated.convert.BitsToField;
import io.veilflow.mpc.replicated.convert.IntegerToBits;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import io.veilflow.mpc.session.Session;
import io.veilflow.mpc.testing.Clear;
import io.veilflow.mpc.testing.ContextKeys;
import io.veilflow.mpc.testing.Message;
import io.veilflow.mpc.testing.Outcome;
import io.veilflow.mpc.testing.ThreePartyWorld;
import io.veilflow.mpc.verification.Verification;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The order of PROTOCOLS 4.2 has an attacker. It lies in a masked opening: where the hash of that opening is compared after the
 * verification, it reads a secret of 64 bits from the check; in the product, which compares at once, it reads nothing.
 */
class LateHashAttackTest {
    private static final int RUNS = 20;
    private static final long SEED = 20261123;

    @Test
    @DisplayName("C7: a hash compared after the verification lets a party that lied in a masked opening read a secret")
    void theVariantShowsTheSecretInEveryRun() {
        for (int run = 0; run < RUNS; run++) {
            Course course = new Course(SEED + run);
            List<Outcome<long[]>> outcomes = course.run(true);
            assertEquals(Optional.of(course.secret), course.found(), "seed " + course.seed);
            for (PartyId honest : List.of(PartyId.P0, PartyId.P2)) {
                assertAborted(outcomes, honest, course);
            }
        }
    }

    @Test
    @DisplayName("C3: the product compares the hash at once, so the same lie shows nothing and no verification runs")
    void theProductShowsNothing() {
        for (int run = 0; run < RUNS; run++) {
            Course course = new Course(SEED + run);
            List<Outcome<long[]>> outcomes = course.run(false);
            assertEquals(Optional.empty(), course.found(), "seed " + course.seed);
            assertAborted(outcomes, PartyId.P0, course);
            assertEquals(Reason.HOLDERS_DISAGREE, assertAborted(outcomes, LateHashAttack.DECEIVED, course));
        }
    }

    private static Reason assertAborted(List<Outcome<long[]>> outcomes, PartyId honest, Course course) {
        Throwable failure = outcomes.get(honest.index()).failure();
        return assertInstanceOf(ProtocolAbortException.class, failure, honest + ", seed " + course.seed)
                .reason();
    }

    /** One run: a secret number v is converted as in 4.8 and multiplied by a secret c; the product is verified and opened. */
    private static final class Course {
        private static final int BITS = 32;
        private static final String PATH = "number";
        private static final String OPENING = "y";
        private static final String VERIFICATION = "dzkp";

        /** Before it: two cheap products and two others, which lift the two top bits of the sum. */
        private static final int STATEMENT = 4;

        private final long seed;
        private final BigInteger secret;
        private final List<IntegerShares> number;
        private final List<ElementShares> factor;
        private final ContextKeys keys;
        private final LateHashAttack attack;
        private List<Message> viewOfLiar = List.of();
        private long difference;

        Course(long seed) {
            Random random = new Random(seed);
            this.seed = seed;
            this.secret = new BigInteger(64, random);
            this.number = Clear.shareIntegers(List.of(new BigInteger(BITS, random)), random);
            this.factor = Clear.shareFr(List.of(secret), random);
            this.keys = keys(List.of(bytes(random), bytes(random), bytes(random)));
            this.attack = new LateHashAttack(OPENING, keys);
        }

        private static byte[] bytes(Random random) {
            byte[] out = new byte[32];
            random.nextBytes(out);
            return out;
        }

        private static ContextKeys keys(List<byte[]> keys) {
            return (key, path, purpose) -> {
                try (PrssKey prss = new PrssKey(keys.get(key))) {
                    return prss.contextKey(PrssContext.encode(PrssContext.text(path), PrssContext.text(purpose)));
                }
            };
        }

        List<Outcome<long[]>> run(boolean late) {
            ThreePartyWorld world = ThreePartyWorld.seeded(seed)
                    .withContextKeys(keys)
                    .withProfile(Profile.M)
                    .withCorrupted(LateHashAttack.LIAR, (honest, links) -> new CorruptSession(honest, links, attack));
            List<Outcome<long[]>> outcomes = world.attempt(session -> program(session, late));
            viewOfLiar = world.messages().stream()
                    .filter(message -> message.from() == LateHashAttack.LIAR || message.to() == LateHashAttack.LIAR)
                    .toList();
            return outcomes;
        }

        Optional<BigInteger> found() {
            ElementShares own = factor.get(LateHashAttack.LIAR.index());
            return attack.secret(viewOfLiar, difference, PATH, VERIFICATION, STATEMENT, own);
        }

        private long[] program(Session session, boolean late) {
            PartyId self = session.self();
            Operation operation = session.operation(PATH);
            IntegerShares mask = mask(operation);
            BitShares sum = IntegerToBits.forLanes(operation, 1)
                    .all(number.get(self.index()).plus(mask), BITS + 2);
            LateComparison variant = new LateComparison(operation);
            BitShares low = sum.planes(0, BITS);
            long[] y = late ? variant.open(low, OPENING) : new MaskedOpening(operation).open(low, OPENING);
            if (self == LateHashAttack.LIAR) {
                difference = y[0] == 0 ? 1 : -1;
            }
            ElementShares top = new BitsToField(operation, PrimeField.FR).convert(sum.planes(BITS, 2));
            ElementShares converted = top.slice(0, 1)
                    .times(PrimeField.FR.element(1L << BITS))
                    .plus(top.slice(1, 1).times(PrimeField.FR.element(2L << BITS)))
                    .plusPublic(self, PrimeField.FR.element(number(y)))
                    .minus(mask.toFr());
            ElementShares product = new Multiplication(operation).multiply(converted, factor.get(self.index()));
            new Verification(operation, VERIFICATION).run();
            if (late) {
                variant.compare();
            }
            return new Opening(operation).open(product, "result");
        }

        /** r_j uniform in [0, 2^32). */
        private static IntegerShares mask(Operation operation) {
            IntegerShares mask = IntegerShares.zeros(1);
            int words = mask.own().length;
            operation.stream(operation.self().index(), "mask/" + BITS).integers(BITS, words, mask.own(), 0, 1);
            operation.stream(operation.self().next().index(), "mask/" + BITS).integers(BITS, words, mask.next(), 0, 1);
            return mask;
        }

        /** Planes of one lane, lowest first. */
        private static long number(long[] planes) {
            long value = 0;
            for (int bit = 0; bit < BITS; bit++) {
                value |= (planes[bit] & 1) << bit;
            }
            return value;
        }
    }
}
