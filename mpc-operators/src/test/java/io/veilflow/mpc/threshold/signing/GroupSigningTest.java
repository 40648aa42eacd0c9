package io.veilflow.mpc.threshold.signing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.threshold.GroupSignature;
import io.veilflow.mpc.threshold.KeyShare;
import io.veilflow.mpc.threshold.Scalar;
import io.veilflow.mpc.threshold.TestKeys;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Two of three sign one message over a board. */
class GroupSigningTest {
    private static final byte[] MESSAGE = new byte[GroupSignature.MESSAGE_BYTES];

    private final SecureRandom random = TestKeys.seeded(81);
    private final List<KeyShare> shares = TestKeys.shares(81);
    private final SigningBoard board = new SigningBoard();

    private GroupSigning start(PartyId party) {
        return new GroupSigning(shares.get(party.index()), MESSAGE, board.of(party), random);
    }

    private boolean verifies(Optional<GroupSignature> signature) {
        return signature.orElseThrow().verifies(shares.get(0).group().point(), MESSAGE);
    }

    @Test
    @DisplayName("G10: each pair signs though the third is silent, and one party alone does not")
    void eachPairSigns() {
        for (PartyId silent : PartyId.values()) {
            SigningBoard fresh = new SigningBoard();
            GroupSigning one =
                    new GroupSigning(shares.get(silent.next().index()), MESSAGE, fresh.of(silent.next()), random);
            GroupSigning other = new GroupSigning(
                    shares.get(silent.previous().index()), MESSAGE, fresh.of(silent.previous()), random);
            assertTrue(one.step().isEmpty());
            assertTrue(one.step().isEmpty(), "one alone");
            assertTrue(other.step().isEmpty());
            assertTrue(verifies(one.step()), "both shares are there");
            assertEquals(one.step(), other.step());
            assertEquals(Set.of(), one.culprits());
            SigningReading reading = new SigningReading(shares.get(0).group(), MESSAGE);
            for (PartyId poster : PartyId.values()) {
                reading.read(fresh.of(silent), poster);
            }
            assertTrue(verifies(reading.signature()), "whoever only reads has it too");
        }
    }

    @Test
    @DisplayName("G5: a party that does not want a message signed gives nothing for it")
    void nobodySignsWhatItDoesNotWant() {
        GroupSigning one = start(PartyId.P0);
        byte[] otherMessage = MESSAGE.clone();
        otherMessage[0] = 1;
        GroupSigning other = new GroupSigning(shares.get(1), otherMessage, board.of(PartyId.P1), random);
        for (int k = 0; k < 4; k++) {
            assertTrue(one.step().isEmpty());
            assertTrue(other.step().isEmpty());
        }
        assertEquals(1, board.log(PartyId.P0).size());
        assertEquals(1, board.log(PartyId.P1).size());
    }

    @Test
    @DisplayName("G9: shares of two generations sign nothing together")
    void generationsDoNotMix() {
        SecureRandom same = TestKeys.seeded(81);
        Scalar secret = Scalar.random(same);
        List<KeyShare> refreshed = TestKeys.shares(secret, Scalar.random(random), 2);
        assertTrue(refreshed.get(0).group().isSameKey(shares.get(0).group()));
        GroupSigning old = start(PartyId.P0);
        GroupSigning fresh = new GroupSigning(refreshed.get(1), MESSAGE, board.of(PartyId.P1), random);
        for (int k = 0; k < 4; k++) {
            assertTrue(old.step().isEmpty());
            assertTrue(fresh.step().isEmpty());
        }
        GroupSigning third = new GroupSigning(refreshed.get(2), MESSAGE, board.of(PartyId.P2), random);
        third.step();
        fresh.step();
        assertTrue(verifies(third.step()));
    }

    @Test
    @DisplayName("G2: a restarted party has no nonces of its last attempt and takes the next one; its peer follows")
    void restart() {
        GroupSigning peer = start(PartyId.P1);
        start(PartyId.P0).step();
        GroupSigning again = start(PartyId.P0);
        again.step();
        assertEquals(List.of(2, 2), attempts(PartyId.P0, 1));
        peer.step();
        assertEquals(List.of(2, 1), attempts(PartyId.P1, 0), "P0's, then the first with P2");
        again.step();
        assertTrue(verifies(peer.step()));
    }

    /** Attempts of the party's k-th posting, for P0 or P1 first. */
    private List<Integer> attempts(PartyId party, int k) {
        NonceCommitments posted =
                assertInstanceOf(NonceCommitments.class, board.log(party).get(k));
        return posted.pairs().stream()
                .sorted((a, b) -> a.peer().compareTo(b.peer()))
                .map(NonceCommitments.Pair::attempt)
                .toList();
    }

    @Test
    @DisplayName("G2: a party that is restarted after it gave its share gives no other, and its share still serves")
    void restartAfterTheShare() {
        GroupSigning one = start(PartyId.P0);
        GroupSigning other = start(PartyId.P1);
        one.step();
        other.step();
        int posted = board.log(PartyId.P1).size();
        assertInstanceOf(SignatureShare.class, board.log(PartyId.P1).get(posted - 1));
        GroupSigning again = start(PartyId.P1);
        assertTrue(again.step().isEmpty());
        List<SigningMessage> since =
                board.log(PartyId.P1).subList(posted, board.log(PartyId.P1).size());
        for (SigningMessage message : since) {
            NonceCommitments commitments = assertInstanceOf(NonceCommitments.class, message);
            assertTrue(commitments.pairs().stream().allMatch(pair -> pair.peer() == PartyId.P2), "another pair's");
        }
        assertTrue(verifies(one.step()));
        assertTrue(verifies(again.step()));
    }

    @Test
    @DisplayName("G2: two processes with one key share answer no attempt twice, and a posting that failed is no share")
    void twoProcessesWithOneShare() {
        GroupSigning peer = start(PartyId.P1);
        GroupSigning one = start(PartyId.P0);
        GroupSigning copy = start(PartyId.P0);
        Optional<GroupSignature> signature = Optional.empty();
        for (int k = 0; k < 12 && signature.isEmpty(); k++) {
            one.step();
            copy.step();
            signature = peer.step();
        }
        Set<String> places = new HashSet<>();
        for (SigningMessage message : board.log(PartyId.P0)) {
            if (message instanceof SignatureShare share) {
                assertTrue(places.add(share.peer() + " " + share.attempt()), "a second share of one attempt");
            }
        }
        assertTrue(verifies(signature));
    }

    @Test
    void afterTheLastAttemptAPairIsSilentAndTheOthersAreNot() {
        for (int k = 0; k < GroupSigning.ATTEMPTS + 4; k++) {
            start(PartyId.P0).step();
        }
        int highest = board.log(PartyId.P0).stream()
                .flatMap(message -> ((NonceCommitments) message).pairs().stream())
                .mapToInt(NonceCommitments.Pair::attempt)
                .max()
                .orElseThrow();
        assertEquals(GroupSigning.ATTEMPTS, highest);
        assertEquals(GroupSigning.ATTEMPTS, board.log(PartyId.P0).size());
        GroupSigning one = start(PartyId.P1);
        GroupSigning other = start(PartyId.P2);
        one.step();
        other.step();
        assertTrue(verifies(one.step()));
    }

    @Test
    void aPartyThatReadsItsLogInPiecesPostsNothingTwice() {
        SigningBulletin whole = board.of(PartyId.P0);
        Deque<SigningMessage> waiting = new ArrayDeque<>();
        SigningBulletin slow = new SigningBulletin() {
            private int calls;

            @Override
            public void post(SigningMessage message) {
                whole.post(message);
            }

            @Override
            public List<SigningMessage> read(PartyId poster) {
                waiting.addAll(poster == PartyId.P0 ? whole.read(poster) : List.of());
                boolean due = poster == PartyId.P0 && ++calls > 12 && !waiting.isEmpty();
                return poster == PartyId.P0 ? due ? List.of(waiting.remove()) : List.of() : whole.read(poster);
            }
        };
        GroupSigning one = new GroupSigning(shares.get(0), MESSAGE, slow, random);
        GroupSigning other = start(PartyId.P1);
        for (int k = 0; k < 3; k++) {
            one.step();
            other.step();
            assertEquals(1, board.log(PartyId.P0).size());
        }
        one.step();
        one.step();
        assertTrue(verifies(other.step()));
    }

    @Test
    void aMessageOfAnotherLengthAndAClosedSigningAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new GroupSigning(shares.get(0), new byte[31], board.of(PartyId.P0), random));
        GroupSigning closed = start(PartyId.P0);
        closed.step();
        closed.close();
        assertThrows(IllegalStateException.class, closed::step);
        assertFalse(closed.toString()
                .contains(HexFormat.of().formatHex(shares.get(0).exposeScalar())));
        assertFalse(Arrays.equals(new byte[32], shares.get(0).exposeScalar()), "the share is not closed with it");
    }
}
