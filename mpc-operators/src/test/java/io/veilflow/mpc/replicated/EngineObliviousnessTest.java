package io.veilflow.mpc.replicated;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.compare.RippleAdder;
import io.veilflow.mpc.replicated.compare.TreeAdder;
import io.veilflow.mpc.replicated.convert.BitsToField;
import io.veilflow.mpc.replicated.convert.BitsToNumber;
import io.veilflow.mpc.replicated.convert.FieldToBits;
import io.veilflow.mpc.replicated.convert.IntegerToBits;
import io.veilflow.mpc.replicated.convert.Inversion;
import io.veilflow.mpc.replicated.convert.P61ToBits;
import io.veilflow.mpc.replicated.convert.Truncation;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.Session;
import io.veilflow.mpc.testing.Clear;
import io.veilflow.mpc.testing.Message;
import io.veilflow.mpc.testing.ThreePartyWorld;
import io.veilflow.mpc.verification.Verification;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Number, order, direction, label and length of messages depend on public sizes only: every primitive of the engine, one after
 * another in one session, in both profiles.
 */
class EngineObliviousnessTest {
    private static final long SEED = 16;
    private static final int BITS = 20;

    private final Random random = new Random(SEED);

    /** The same values shared in every domain. Never zero: there would be no inverse. */
    private record Inputs(
            List<BitShares> bits, List<IntegerShares> integers, List<ElementShares> fr, List<ElementShares> p61) {
        static Inputs of(List<BigInteger> values, Random random) {
            return new Inputs(
                    Clear.shareBits(values, BITS, random),
                    Clear.shareIntegers(values, random),
                    Clear.shareFr(values, random),
                    Clear.share(PrimeField.P61, values, random));
        }
    }

    private List<Inputs> inputs(int lanes) {
        BigInteger largest = BigInteger.ONE.shiftLeft(BITS).subtract(BigInteger.ONE);
        List<BigInteger> mixed = new ArrayList<>();
        for (int k = 0; k < lanes; k++) {
            mixed.add(new BigInteger(BITS, random).max(BigInteger.ONE));
        }
        return List.of(
                Inputs.of(Collections.nCopies(lanes, BigInteger.ONE), random),
                Inputs.of(Collections.nCopies(lanes, largest), random),
                Inputs.of(mixed, random));
    }

    private static String everything(Inputs inputs, Session session) {
        int self = session.self().index();
        BitShares bits = inputs.bits.get(self);
        ElementShares fr = inputs.fr.get(self);
        ElementShares p61 = inputs.p61.get(self);
        new InputAgreement(session.operation("inputs")).compare(fr.ownBytes(), fr.nextBytes());
        new PublicCoins(session.operation("coins")).elements(PrimeField.FR, 2, "q");
        new BitAnd(session.operation("and")).and(bits, bits);
        for (ElementShares x : List.of(fr, p61)) {
            String name = x.field().label();
            new Multiplication(session.operation("multiply/" + name)).multiply(x, x);
            new DotProduct(session.operation("dot/" + name)).dot(x, x, "dot");
            new BitsToField(session.operation("bits/" + name), x.field()).convert(bits);
            new BitsToNumber(session.operation("number/" + name), x.field()).convert(bits);
            new Inversion(session.operation("inverse/" + name)).invert(x);
        }
        Operation tree = session.operation("tree");
        new IntegerToBits(tree, new TreeAdder(tree)).top(inputs.integers.get(self), 65);
        Operation ripple = session.operation("ripple");
        new IntegerToBits(ripple, new RippleAdder(ripple)).all(inputs.integers.get(self), 30);
        new P61ToBits(session.operation("p61")).convert(p61);
        FieldToBits.forLanes(session.operation("field"), fr.count()).all(fr, 64);
        new Truncation(session.operation("truncation")).truncate(fr, 10, 64);
        new Verification(session.operation("verification"), "dzkp").run();
        new Opening(session.operation("open")).open(bits, "open");
        return "done";
    }

    private static List<String> shapes(ThreePartyWorld world) {
        List<String> out = new ArrayList<>();
        for (PartyId from : PartyId.values()) {
            world.messages().stream()
                    .filter(message -> message.from() == from)
                    .map(Message::shape)
                    .forEach(out::add);
        }
        return out;
    }

    @Test
    @DisplayName("B16: number, order, label and length of messages do not depend on secrets")
    void messagesDependOnSizesOnly() {
        for (Profile profile : Profile.values()) {
            for (int lanes : new int[] {1, 65}) {
                List<List<String>> shapes = new ArrayList<>();
                for (Inputs inputs : inputs(lanes)) {
                    ThreePartyWorld world = ThreePartyWorld.seeded(SEED).withProfile(profile);
                    world.run(session -> everything(inputs, session));
                    shapes.add(shapes(world));
                }
                assertEquals(shapes.get(0), shapes.get(1), "seed " + SEED);
                assertEquals(shapes.get(0), shapes.get(2), "seed " + SEED);
            }
        }
    }
}
