package io.veilflow.pipeline.admit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.field.Words;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.IntegerShares;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.Session;
import io.veilflow.mpc.testing.Clear;
import io.veilflow.mpc.testing.Outcome;
import io.veilflow.mpc.testing.ThreePartyWorld;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A refuser gets the two components that it is meant to hold, from their other holders, and nobody else gets anything. */
class ComponentForwardingProtocolTest {
    private static final int WIRES = 3;

    private final List<IntegerShares> numbers =
            Clear.shareIntegers(List.of(BigInteger.ONE, BigInteger.TWO, BigInteger.TEN), new Random(1));
    private final List<ElementShares> blindings = Clear.shareFr(List.of(BigInteger.valueOf(77)), new Random(2));

    private List<ComponentForwarding.Forwarded> run(Session session, PartyId... refusers) {
        int self = session.self().index();
        return new ComponentForwarding(session)
                .run(Arrays.stream(refusers)
                        .map(refuser -> new ComponentForwarding.Claim(
                                refuser,
                                WIRES,
                                refuser == session.self()
                                        ? Optional.empty()
                                        : Optional.of(new OpenedBook(
                                                "bank-a",
                                                ByteString.EMPTY,
                                                0,
                                                numbers.get(self),
                                                blindings.get(self)))))
                        .toList());
    }

    @Test
    void everyRefuserGetsItsOwnTwoComponents() {
        ThreePartyWorld world = ThreePartyWorld.seeded(1).withProfile(Profile.M);
        List<List<ComponentForwarding.Forwarded>> received = world.run(session -> run(session, PartyId.values()));
        for (PartyId party : PartyId.values()) {
            assertEquals(1, received.get(party.index()).size());
            ComponentForwarding.Forwarded forwarded =
                    received.get(party.index()).get(0);
            IntegerShares meant = numbers.get(party.index());
            ElementShares blinding = blindings.get(party.index());
            assertArrayEquals(concat(Words.encode(meant.own()), blinding.ownBytes()), forwarded.own());
            assertArrayEquals(concat(Words.encode(meant.next()), blinding.nextBytes()), forwarded.next());
        }
        assertEquals(1, world.rounds());
    }

    @Test
    void nobodyButTheRefuserIsSentAnything() {
        for (PartyId refuser : PartyId.values()) {
            ThreePartyWorld world = ThreePartyWorld.seeded(2).withProfile(Profile.M);
            world.run(session -> run(session, refuser));
            assertEquals(2, world.messages().size());
            assertTrue(world.messages().stream().allMatch(message -> message.to() == refuser));
        }
    }

    @Test
    void aForwarderThatCutsItsMessageIsAccused() {
        ThreePartyWorld world = ThreePartyWorld.seeded(3)
                .withProfile(Profile.M)
                .withTamper(message -> message.from() == PartyId.P2
                        ? Arrays.copyOf(message.payload(), message.payload().length - 1)
                        : message.payload());
        Outcome<List<ComponentForwarding.Forwarded>> refuser =
                world.attempt(session -> run(session, PartyId.P0)).get(0);
        ProtocolAbortException abort = assertInstanceOf(ProtocolAbortException.class, refuser.failure());
        assertEquals(Optional.of(PartyId.P2), abort.accused());
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] out = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, out, first.length, second.length);
        return out;
    }
}
