package io.veilflow.mpc.threshold.keygen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.adversary.Attack;
import io.veilflow.mpc.adversary.CorruptSession;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import io.veilflow.mpc.session.Session;
import io.veilflow.mpc.testing.LinkControl;
import io.veilflow.mpc.testing.Outcome;
import io.veilflow.mpc.testing.ThreePartyWorld;
import io.veilflow.mpc.threshold.CurvePoint;
import io.veilflow.mpc.threshold.KeyShare;
import io.veilflow.mpc.threshold.Scalar;
import io.veilflow.mpc.threshold.TestKeys;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** P2 deviates; what P0 and P1 then say. (Every change of every message: {@code adversary.PrimitivesAdversaryTest}.) */
class KeyGenerationAdversaryTest {
    private static final long SEED = 62;
    private static final PartyId CHEATER = PartyId.P2;
    private static final int VERDICT_BYTES = 33;

    private static SecureRandom random(PartyId party) {
        return TestKeys.seeded(SEED + party.index());
    }

    private static KeyShare generate(Session session) {
        return new KeyGeneration(session.operation("keys")).generate("RESULT", random(session.self()));
    }

    /** Changes what the cheater sends to one party under one label. */
    private record Change(PartyId to, String label, UnaryOperator<byte[]> change) implements Attack {
        @Override
        public void send(Outgoing message, LinkControl links) {
            boolean hit = message.to() == to && message.label().equals(label);
            message.operation()
                    .send(message.to(), message.label(), hit ? change.apply(message.payload()) : message.payload());
        }
    }

    private static List<Outcome<KeyShare>> run(Attack attack, Function<Session, KeyShare> program) {
        return ThreePartyWorld.seeded(SEED)
                .withCorrupted(CHEATER, (honest, links) -> new CorruptSession(honest, links, attack))
                .attempt(program);
    }

    private static ProtocolAbortException abort(List<Outcome<KeyShare>> outcomes, PartyId party) {
        return assertInstanceOf(
                ProtocolAbortException.class, outcomes.get(party.index()).failure());
    }

    private static void assertAccused(Reason reason, List<Outcome<KeyShare>> outcomes, PartyId by) {
        ProtocolAbortException abort = abort(outcomes, by);
        assertEquals(reason, abort.reason());
        assertEquals(Optional.of(CHEATER), abort.accused());
    }

    private static byte[] plusOne(byte[] scalar) {
        return Scalar.decode(scalar).orElseThrow().plus(Scalar.of(1)).encoded();
    }

    @Test
    @DisplayName("G7: a wrong part names its dealer, the others hear of it, and who only hears names nobody")
    void aWrongPart() {
        List<Outcome<KeyShare>> outcomes = run(
                new Change(PartyId.P0, "1/part", KeyGenerationAdversaryTest::plusOne),
                KeyGenerationAdversaryTest::generate);
        assertAccused(Reason.CONTRADICTION, outcomes, PartyId.P0);
        ProtocolAbortException heard = abort(outcomes, PartyId.P1);
        assertEquals(Reason.CHECK_FAILED, heard.reason());
        assertTrue(heard.accused().isEmpty());
    }

    @Test
    @DisplayName("G7: who complains about an honest party is named by it, and by nobody else")
    void aFalseComplaint() {
        List<Outcome<KeyShare>> outcomes = run(
                new Change(PartyId.P0, "1/verdict", verdict -> {
                    verdict[0] = (byte) (PartyId.P0.index() + 1);
                    return verdict;
                }),
                KeyGenerationAdversaryTest::generate);
        assertAccused(Reason.CONTRADICTION, outcomes, PartyId.P0);
        List<Outcome<KeyShare>> aboutTheOther = run(
                new Change(PartyId.P0, "1/verdict", verdict -> {
                    verdict[0] = (byte) (PartyId.P1.index() + 1);
                    return verdict;
                }),
                KeyGenerationAdversaryTest::generate);
        assertTrue(abort(aboutTheOther, PartyId.P0).accused().isEmpty());
    }

    @Test
    @DisplayName("G7: another hash, point, proof or length than the protocol's: abort, and the dealer named")
    void malformedAnnouncements() {
        Map<String, UnaryOperator<byte[]>> changes = Map.of(
                "no point",
                        bytes -> {
                            bytes[0] = 0;
                            return bytes;
                        },
                "not on the curve",
                        bytes -> {
                            Arrays.fill(bytes, 1, CurvePoint.BYTES, (byte) 0);
                            return bytes;
                        },
                "a response above the order",
                        bytes -> {
                            Arrays.fill(bytes, bytes.length - Scalar.BYTES, bytes.length, (byte) 0xff);
                            return bytes;
                        });
        changes.forEach((name, change) -> {
            List<Outcome<KeyShare>> outcomes =
                    run(new Change(PartyId.P0, "1/announce", change), KeyGenerationAdversaryTest::generate);
            assertAccused(Reason.NOT_CANONICAL, outcomes, PartyId.P0);
        });
        List<Outcome<KeyShare>> wrongProof = run(
                new Change(PartyId.P0, "1/announce", bytes -> {
                    bytes[bytes.length - 1] ^= 1;
                    return bytes;
                }),
                KeyGenerationAdversaryTest::generate);
        assertAccused(Reason.CONTRADICTION, wrongProof, PartyId.P0);
        List<Outcome<KeyShare>> longer = run(
                new Change(PartyId.P0, "1/announce", bytes -> Arrays.copyOf(bytes, bytes.length + 1)),
                KeyGenerationAdversaryTest::generate);
        assertAccused(Reason.LENGTH, longer, PartyId.P0);
    }

    @Test
    @DisplayName(
            "G7: unequal hashes to the two others end it before anything is announced, and no honest party is named")
    void unequalBroadcast() {
        ThreePartyWorld world = ThreePartyWorld.seeded(SEED)
                .withCorrupted(
                        CHEATER,
                        (honest, links) -> new CorruptSession(
                                honest, links, new Change(PartyId.P0, "1/hash", hash -> new byte[hash.length])));
        List<Outcome<KeyShare>> outcomes = world.attempt(KeyGenerationAdversaryTest::generate);
        for (PartyId honest : List.of(PartyId.P0, PartyId.P1)) {
            assertTrue(abort(outcomes, honest).accused().isEmpty());
        }
        assertTrue(world.messages().stream()
                .noneMatch(message -> message.label().equals("1/announce") && message.from() != CHEATER));
    }

    /** Waits for what the others announce, then announces what makes the sum its own choice. */
    private static final class Steering implements Attack {
        private final Scalar chosen;
        private final Map<PartyId, byte[]> announced = new EnumMap<>(PartyId.class);

        Steering(Scalar chosen) {
            this.chosen = chosen;
        }

        @Override
        public void send(Outgoing message, LinkControl links) {
            if (!message.label().equals("1/announce")) {
                message.operation().send(message.to(), message.label(), message.payload());
                return;
            }
            Operation operation = message.operation();
            for (PartyId peer : List.of(PartyId.P0, PartyId.P1)) {
                announced.computeIfAbsent(peer, from -> operation.receive(from, "1/announce", Announcement.BYTES));
            }
            CurvePoint wanted = CurvePoint.generatorTimes(chosen);
            for (byte[] bytes : announced.values()) {
                wanted = wanted.minus(
                        Announcement.decode(bytes).orElseThrow().commitment().constant());
            }
            byte[] steered = message.payload().clone();
            System.arraycopy(wanted.encoded(), 0, steered, 0, CurvePoint.BYTES);
            operation.send(message.to(), message.label(), steered);
        }
    }

    @Test
    @DisplayName("G8: who announces after seeing the others is held to the hash that it sent before")
    void nobodyChoosesLast() {
        List<Outcome<KeyShare>> outcomes = run(new Steering(Scalar.of(12345)), KeyGenerationAdversaryTest::generate);
        assertAccused(Reason.CONTRADICTION, outcomes, PartyId.P0);
        assertAccused(Reason.CONTRADICTION, outcomes, PartyId.P1);
    }

    @Test
    @DisplayName("G9: a dealer that deals anything but its old share is named by all, though its proof is good")
    void anotherConstant() {
        List<KeyShare> old = TestKeys.shares(SEED);
        List<Outcome<KeyShare>> outcomes = run(new Attack() {}, session -> {
            if (session.self() != CHEATER) {
                return new Resharing(session.operation("keys"))
                        .refresh(old.get(session.self().index()), random(session.self()));
            }
            Map<PartyId, Optional<CurvePoint>> dealers = new EnumMap<>(PartyId.class);
            for (PartyId party : PartyId.values()) {
                dealers.put(party, Optional.empty());
            }
            byte[] statement = Resharing.statement(old.get(0).group(), dealers.keySet());
            try (Polynomial mine = Polynomial.dealing(Scalar.of(7), random(CHEATER));
                    Dealt dealt =
                            new Dealing(session.operation("keys"), 1, statement, dealers).deal(mine, random(CHEATER))) {
                return dealt.keyShare(2);
            }
        });
        assertAccused(Reason.CONTRADICTION, outcomes, PartyId.P0);
        assertAccused(Reason.CONTRADICTION, outcomes, PartyId.P1);
    }

    @Test
    @DisplayName(
            "G9: a last round that reaches one only leaves two shares of one key: the new one of a confirmed generation, and the old one")
    void partialConfirmation() {
        List<KeyShare> old = TestKeys.shares(SEED);
        List<Outcome<KeyShare>> outcomes =
                run(new Change(PartyId.P0, "1/verdict", verdict -> new byte[VERDICT_BYTES]), session -> new Resharing(
                                session.operation("keys"))
                        .refresh(old.get(session.self().index()), random(session.self())));
        assertTrue(abort(outcomes, PartyId.P0).accused().isEmpty());
        KeyShare fresh = outcomes.get(PartyId.P1.index()).result();
        assertEquals(2, fresh.group().generation());
        assertTrue(fresh.group().isSameKey(old.get(0).group()));
        assertEquals(
                old.get(0).group().publicPoint(),
                TestKeys.combined(old.get(PartyId.P0.index()), old.get(PartyId.P1.index())),
                "the two honest can still sign with what they had");
    }
}
