package io.veilflow.mpc.threshold.keygen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import io.veilflow.mpc.testing.Outcome;
import io.veilflow.mpc.testing.ThreePartyWorld;
import io.veilflow.mpc.threshold.CurvePoint;
import io.veilflow.mpc.threshold.GroupKey;
import io.veilflow.mpc.threshold.KeyShare;
import io.veilflow.mpc.threshold.Scalar;
import io.veilflow.mpc.threshold.TestKeys;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Three honest parties make a key, refresh it, and replace one of them. */
class KeyGenerationProtocolTest {
    private static final long SEED = 61;
    private static final PartyId[][] PAIRS = {
        {PartyId.P0, PartyId.P1}, {PartyId.P0, PartyId.P2}, {PartyId.P1, PartyId.P2}
    };

    private final ThreePartyWorld world = ThreePartyWorld.seeded(SEED);

    private static SecureRandom random(PartyId party) {
        return TestKeys.seeded(SEED + party.index());
    }

    private List<KeyShare> generated() {
        return world.run(
                session -> new KeyGeneration(session.operation("keys")).generate("RESULT", random(session.self())));
    }

    private List<KeyShare> refreshed(List<KeyShare> old) {
        return world.run(session -> new Resharing(session.operation("keys"))
                .refresh(old.get(session.self().index()), random(session.self())));
    }

    private List<KeyShare> replaced(List<KeyShare> old, PartyId replaced) {
        return world.run(session -> new Resharing(session.operation("keys"))
                .replace(
                        Optional.of(old.get(session.self().index())).filter(share -> share.holder() != replaced),
                        old.get(0).group(),
                        replaced,
                        random(session.self())));
    }

    private static void assertOneKey(List<KeyShare> shares) {
        GroupKey group = shares.get(0).group();
        for (KeyShare share : shares) {
            assertEquals(group, share.group());
        }
        for (PartyId[] pair : PAIRS) {
            assertEquals(
                    group.publicPoint(), TestKeys.combined(shares.get(pair[0].index()), shares.get(pair[1].index())));
        }
    }

    @Test
    @DisplayName("G10: each pair of shares makes the key, no share is it, and all three know the same public values")
    void eachPairMakesTheKey() {
        List<KeyShare> shares = generated();
        assertOneKey(shares);
        assertEquals(1, shares.get(0).group().generation());
        for (KeyShare share : shares) {
            assertNotEquals(share.group().publicPoint(), CurvePoint.generatorTimesSecret(share.exposeSecret()));
        }
        assertEquals(5, world.rounds());
        assertEquals(520, world.bytesSentBy(PartyId.P0));
    }

    @Test
    @DisplayName("G9: a refreshed key is the same key, and an old share fits no new one")
    void refreshKeepsTheKey() {
        List<KeyShare> old = generated();
        List<KeyShare> fresh = refreshed(old);
        assertOneKey(fresh);
        assertTrue(fresh.get(0).group().isSameKey(old.get(0).group()));
        assertEquals(2, fresh.get(0).group().generation());
        assertOldSharesAreUseless(old, fresh);
        assertOneKey(refreshed(fresh));
    }

    @Test
    @DisplayName("G9: a replaced party's old share fits no new one, and the new party's does, whoever is replaced")
    void replacementKeepsTheKey() {
        List<KeyShare> old = generated();
        for (PartyId replaced : PartyId.values()) {
            List<KeyShare> fresh = replaced(old, replaced);
            assertOneKey(fresh);
            assertTrue(fresh.get(0).group().isSameKey(old.get(0).group()));
            assertEquals(2, fresh.get(0).group().generation());
            assertOldSharesAreUseless(old, fresh);
        }
    }

    private static void assertOldSharesAreUseless(List<KeyShare> old, List<KeyShare> fresh) {
        for (PartyId[] pair : PAIRS) {
            KeyShare mine = fresh.get(pair[0].index());
            KeyShare stale = old.get(pair[1].index());
            assertNotEquals(mine.group().publicPoint(), TestKeys.combined(mine, stale));
        }
        for (KeyShare stale : old) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> KeyShare.of(stale.holder(), fresh.get(0).group(), stale.exposeScalar()));
        }
    }

    @Test
    void theSameNumbersGiveAnotherKeyWhereTheTranscriptIsAnother() {
        assertFalse(Arrays.equals(
                generated().get(0).group().transcript(),
                refreshed(generated()).get(0).group().transcript()));
    }

    /** First numbers that make the dealt constants, or the slopes, cancel; then others. */
    private static SecureRandom cancelling(PartyId party, boolean constants) {
        SecureRandom later = random(party);
        Scalar number = party == PartyId.P2 ? Scalar.of(3).negated() : Scalar.of(party.index() + 1);
        byte[] first = number.encoded();
        return new SecureRandom() {
            private static final long serialVersionUID = 1L;
            private int drawn;

            @Override
            public void nextBytes(byte[] bytes) {
                boolean scripted = drawn++ == (constants ? 0 : 1);
                if (scripted) {
                    System.arraycopy(first, 0, bytes, 0, bytes.length);
                } else {
                    later.nextBytes(bytes);
                }
            }
        };
    }

    @Test
    void aKeyThatIsInfinityIsDealtAnew() {
        List<KeyShare> shares = world.run(session ->
                new KeyGeneration(session.operation("keys")).generate("RESULT", cancelling(session.self(), true)));
        assertOneKey(shares);
        assertEquals(10, world.rounds(), "two dealings");
    }

    @Test
    @DisplayName("G9: the threshold cannot fall to one: shares that are all the key are dealt anew")
    void aKeyOfWhichEachShareIsTheKeyIsDealtAnew() {
        List<KeyShare> shares = world.run(session ->
                new KeyGeneration(session.operation("keys")).generate("RESULT", cancelling(session.self(), false)));
        assertOneKey(shares);
        assertEquals(10, world.rounds(), "two dealings");
    }

    @Test
    @DisplayName("G14: parties that make keys for different purposes get none")
    void purposesAreBound() {
        List<Outcome<KeyShare>> outcomes = world.attempt(session -> new KeyGeneration(session.operation("keys"))
                .generate(session.self() == PartyId.P1 ? "SIGN" : "RESULT", random(session.self())));
        for (Outcome<KeyShare> outcome : outcomes) {
            ProtocolAbortException abort = (ProtocolAbortException) outcome.failure();
            assertTrue(abort.accused().isEmpty(), "nobody is accused of a wrong setting");
            assertTrue(abort.reason() == Reason.CHECK_FAILED || abort.reason() == Reason.PEER_LOST);
        }
    }

    @Test
    @DisplayName("G9: parties that do not mean the same old shares reshare nothing")
    void generationsAreBound() {
        List<KeyShare> old = generated();
        List<KeyShare> fresh = refreshed(old);
        List<Outcome<KeyShare>> outcomes = world.attempt(session -> {
            KeyShare mine = (session.self() == PartyId.P2 ? old : fresh)
                    .get(session.self().index());
            return new Resharing(session.operation("keys")).refresh(mine, random(session.self()));
        });
        for (Outcome<KeyShare> outcome : outcomes) {
            assertTrue(outcome.failed());
            assertTrue(((ProtocolAbortException) outcome.failure()).accused().isEmpty());
        }
    }

    @Test
    void aShareThatIsNotTheCallersIsRefusedBeforeAnythingIsSent() {
        List<KeyShare> old = TestKeys.shares(SEED);
        GroupKey group = old.get(0).group();
        List<Outcome<KeyShare>> outcomes = world.attempt(session -> {
            Resharing resharing = new Resharing(session.operation("keys"));
            return switch (session.self()) {
                case P0 -> resharing.refresh(old.get(1), random(PartyId.P0));
                case P1 -> resharing.replace(Optional.empty(), group, PartyId.P0, random(PartyId.P1));
                case P2 -> resharing.replace(Optional.of(old.get(2)), group, PartyId.P2, random(PartyId.P2));
            };
        });
        for (Outcome<KeyShare> outcome : outcomes) {
            assertEquals(IllegalArgumentException.class, outcome.failure().getClass());
        }
        assertEquals(List.of(), world.messages());
    }
}
