package io.veilflow.mpc.threshold.signing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.threshold.CurvePoint;
import io.veilflow.mpc.threshold.GroupSignature;
import io.veilflow.mpc.threshold.KeyShare;
import io.veilflow.mpc.threshold.Scalar;
import io.veilflow.mpc.threshold.TestKeys;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One party posts anything, in the place of anything: the two others get a signature, and name nobody but it. */
class GroupSigningAdversaryTest {
    private static final byte[] MESSAGE = new byte[GroupSignature.MESSAGE_BYTES];
    private static final int TURNS = 6;

    private final List<KeyShare> shares = TestKeys.shares(91);

    /** What the cheater posts in the place of one posting. */
    private interface Cheat {
        List<SigningMessage> instead(SigningMessage honest);
    }

    /** How a run ended for the honest two. */
    private record Ending(List<Optional<GroupSignature>> signatures, Set<PartyId> named) {}

    /** Fails if the cheater does not come to that posting: then it has changed nothing. */
    private Ending run(PartyId cheater, int posting, Cheat cheat, boolean cheaterFirst) {
        SecureRandom random = TestKeys.seeded(92);
        SigningBoard board = new SigningBoard();
        SigningBulletin honest = board.of(cheater);
        AtomicInteger posted = new AtomicInteger();
        SigningBulletin changed = new SigningBulletin() {
            @Override
            public void post(SigningMessage message) {
                List<SigningMessage> all =
                        posted.getAndIncrement() == posting ? cheat.instead(message) : List.of(message);
                all.forEach(honest::post);
            }

            @Override
            public List<SigningMessage> read(PartyId poster) {
                return honest.read(poster);
            }
        };
        List<PartyId> turn = new ArrayList<>(List.of(cheater, cheater.next(), cheater.previous()));
        if (!cheaterFirst) {
            Collections.reverse(turn);
        }
        List<GroupSigning> signings = new ArrayList<>();
        for (PartyId party : PartyId.values()) {
            signings.add(new GroupSigning(
                    shares.get(party.index()), MESSAGE, party == cheater ? changed : board.of(party), random));
        }
        for (int k = 0; k < TURNS; k++) {
            turn.forEach(party -> signings.get(party.index()).step());
        }
        assertTrue(posted.get() > posting, "posting " + posting + " of " + cheater);
        Set<PartyId> named = new HashSet<>();
        List<Optional<GroupSignature>> signatures = new ArrayList<>();
        for (PartyId party : List.of(cheater.next(), cheater.previous())) {
            signatures.add(signings.get(party.index()).step());
            named.addAll(signings.get(party.index()).culprits());
        }
        return new Ending(signatures, named);
    }

    private void assertHonestTwoSign(Ending ending, PartyId cheater, String what) {
        for (Optional<GroupSignature> signature : ending.signatures) {
            assertTrue(
                    signature
                            .orElseThrow(() -> new AssertionError(what))
                            .verifies(shares.get(0).group().point(), MESSAGE),
                    what);
        }
        assertTrue(Set.of(cheater).containsAll(ending.named), what + " names " + ending.named);
    }

    private static byte[] flipped(byte[] bytes) {
        byte[] out = bytes.clone();
        out[out.length - 1] ^= 1;
        return out;
    }

    private static Cheat commitments(UnaryOperator<NonceCommitments> change) {
        return honest -> List.of(change.apply(assertInstanceOf(NonceCommitments.class, honest)));
    }

    private static Cheat pair(UnaryOperator<NonceCommitments.Pair> change) {
        return commitments(posted -> new NonceCommitments(
                posted.message(),
                posted.generation(),
                posted.pairs().stream().map(change).toList()));
    }

    private static Cheat share(UnaryOperator<SignatureShare> change) {
        return honest -> List.of(change.apply(assertInstanceOf(SignatureShare.class, honest)));
    }

    private static NonceCommitments.Pair with(NonceCommitments.Pair pair, PartyId peer, int attempt) {
        return new NonceCommitments.Pair(peer, attempt, pair.hiding(), pair.binding());
    }

    private static SignatureShare with(SignatureShare share, byte[] commitments, byte[] z) {
        return new SignatureShare(share.message(), share.generation(), share.peer(), share.attempt(), commitments, z);
    }

    /** In the place of commitments. */
    private static List<Cheat> commitmentCheats() {
        byte[] point = CurvePoint.GENERATOR.encoded();
        byte[] junk = new byte[CurvePoint.BYTES];
        return List.of(
                honest -> List.of(),
                honest -> List.of(honest, honest),
                pair(pair -> new NonceCommitments.Pair(pair.peer(), pair.attempt(), point, pair.binding())),
                pair(pair -> new NonceCommitments.Pair(pair.peer(), pair.attempt(), pair.hiding(), point)),
                pair(pair -> new NonceCommitments.Pair(pair.peer(), pair.attempt(), pair.binding(), pair.hiding())),
                pair(pair -> new NonceCommitments.Pair(pair.peer(), pair.attempt(), junk, pair.binding())),
                pair(pair -> new NonceCommitments.Pair(pair.peer(), pair.attempt(), new byte[0], new byte[99])),
                pair(pair -> with(pair, pair.peer(), pair.attempt() + 1)),
                pair(pair -> with(pair, pair.peer(), GroupSigning.ATTEMPTS)),
                pair(pair -> with(pair, pair.peer(), GroupSigning.ATTEMPTS + 1)),
                pair(pair -> with(pair, pair.peer(), 0)),
                pair(pair -> with(pair, pair.peer(), Integer.MIN_VALUE)),
                pair(pair -> with(pair, pair.peer().next(), pair.attempt())),
                commitments(
                        posted -> new NonceCommitments(flipped(posted.message()), posted.generation(), posted.pairs())),
                commitments(posted -> new NonceCommitments(posted.message(), posted.generation() + 1, posted.pairs())));
    }

    /** In the place of a share. */
    private static List<Cheat> shareCheats() {
        return List.of(
                honest -> List.of(),
                honest -> List.of(honest, honest),
                share(share -> with(share, share.commitments(), flipped(share.z()))),
                share(share -> with(share, share.commitments(), new byte[Scalar.BYTES])),
                share(share -> with(share, share.commitments(), new byte[0])),
                share(share -> with(share, flipped(share.commitments()), share.z())),
                share(share -> with(share, new byte[0], share.z())),
                share(share -> new SignatureShare(
                        share.message(), share.generation(), share.peer().next(), 1, share.commitments(), share.z())),
                share(share -> new SignatureShare(
                        share.message(), share.generation(), share.peer(), 2, share.commitments(), share.z())),
                share(share -> new SignatureShare(
                        flipped(share.message()),
                        share.generation(),
                        share.peer(),
                        share.attempt(),
                        share.commitments(),
                        share.z())),
                share(share -> new SignatureShare(
                        share.message(),
                        share.generation() + 1,
                        share.peer(),
                        share.attempt(),
                        share.commitments(),
                        share.z())));
    }

    @Test
    @DisplayName(
            "G3, G4: every posting of every party withheld, doubled or changed in every field: the two others sign, and name no honest party")
    void everyPostingOfEveryPartyChanged() {
        for (PartyId cheater : PartyId.values()) {
            for (boolean first : new boolean[] {true, false}) {
                List<List<Cheat>> places = List.of(commitmentCheats(), shareCheats());
                for (int posting = 0; posting < places.size(); posting++) {
                    for (int k = 0; k < places.get(posting).size(); k++) {
                        String what = cheater + " posting " + posting + " cheat " + k + (first ? " first" : " last");
                        Cheat cheat = places.get(posting).get(k);
                        assertHonestTwoSign(run(cheater, posting, cheat, first), cheater, what);
                    }
                }
            }
        }
    }

    @Test
    @DisplayName("G4: a wrong share names the party that gave it, whichever it is")
    void aWrongShareNamesItsParty() {
        for (PartyId cheater : PartyId.values()) {
            SigningBoard board = new SigningBoard();
            SecureRandom random = TestKeys.seeded(93);
            PartyId victim = cheater.next();
            GroupSigning mine = new GroupSigning(shares.get(victim.index()), MESSAGE, board.of(victim), random);
            GroupSigning wrong =
                    new GroupSigning(shares.get(cheater.index()), MESSAGE, new WrongShares(board.of(cheater)), random);
            for (int k = 0; k < TURNS; k++) {
                assertTrue(wrong.step().isEmpty());
                assertTrue(mine.step().isEmpty());
            }
            assertEquals(Set.of(cheater), mine.culprits());
            int posted = board.log(victim).size();
            mine.step();
            assertEquals(posted, board.log(victim).size(), "no more for that pair");
            GroupSigning third =
                    new GroupSigning(shares.get(victim.next().index()), MESSAGE, board.of(victim.next()), random);
            third.step();
            mine.step();
            assertTrue(third.step().isPresent());
            assertEquals(Set.of(cheater), third.culprits(), "seen by who was not in that pair");
        }
    }

    @Test
    @DisplayName("G4: two parties with wrong shares are both named by the third")
    void twoCheatersAtOnce() {
        SigningBoard board = new SigningBoard();
        SecureRandom random = TestKeys.seeded(94);
        GroupSigning mine = new GroupSigning(shares.get(0), MESSAGE, board.of(PartyId.P0), random);
        List<GroupSigning> wrong = List.of(
                new GroupSigning(shares.get(1), MESSAGE, new WrongShares(board.of(PartyId.P1)), random),
                new GroupSigning(shares.get(2), MESSAGE, new WrongShares(board.of(PartyId.P2)), random));
        for (int k = 0; k < TURNS; k++) {
            mine.step();
            wrong.forEach(GroupSigning::step);
        }
        assertTrue(mine.step().isEmpty());
        assertEquals(Set.of(PartyId.P1, PartyId.P2), mine.culprits());
    }

    private record WrongShares(SigningBulletin honest) implements SigningBulletin {
        @Override
        public void post(SigningMessage message) {
            honest.post(
                    message instanceof SignatureShare posted
                            ? with(posted, posted.commitments(), flipped(posted.z()))
                            : message);
        }

        @Override
        public List<SigningMessage> read(PartyId poster) {
            return honest.read(poster);
        }
    }

    @Test
    @DisplayName("G4: who reads other commitments of a party than its peer did names nobody for the share")
    void aForkedLogNamesNobody() {
        SigningBoard board = new SigningBoard();
        SecureRandom random = TestKeys.seeded(95);
        GroupSigning one = new GroupSigning(shares.get(0), MESSAGE, board.of(PartyId.P0), random);
        GroupSigning other = new GroupSigning(shares.get(1), MESSAGE, board.of(PartyId.P1), random);
        one.step();
        other.step();
        one.step();
        SigningBoard forked = new SigningBoard();
        SigningBoard unrelated = new SigningBoard();
        new GroupSigning(shares.get(0), MESSAGE, unrelated.of(PartyId.P0), random).step();
        forked.log(PartyId.P0).addAll(unrelated.log(PartyId.P0));
        forked.log(PartyId.P0).addAll(board.log(PartyId.P0));
        forked.log(PartyId.P1).addAll(board.log(PartyId.P1));
        SigningReading reading = new SigningReading(shares.get(0).group(), MESSAGE);
        for (PartyId poster : PartyId.values()) {
            reading.read(forked.of(PartyId.P2), poster);
        }
        assertTrue(reading.signature().isEmpty());
        assertEquals(Set.of(), reading.culprits());
    }

    @Test
    @DisplayName("G2: a million records of one party exhaust nothing, and the two others sign meanwhile")
    void aMillionRecords() {
        SigningBoard board = new SigningBoard();
        SecureRandom random = TestKeys.seeded(96);
        Flood flood = new Flood();
        GroupSigning one = new GroupSigning(shares.get(0), MESSAGE, flood.before(board.of(PartyId.P0)), random);
        GroupSigning other = new GroupSigning(shares.get(1), MESSAGE, board.of(PartyId.P1), random);
        while (flood.read < 1_000_000) {
            one.step();
        }
        other.step();
        one.step();
        assertTrue(other.step().isPresent());
        assertTrue(board.log(PartyId.P0).size() <= 2 * GroupSigning.ATTEMPTS, "answers to P2 are bounded too");
    }

    /** P2's log: commitments and shares of every kind, without end. */
    private static final class Flood {
        private int read;

        SigningBulletin before(SigningBulletin board) {
            return new SigningBulletin() {
                @Override
                public void post(SigningMessage message) {
                    board.post(message);
                }

                @Override
                public List<SigningMessage> read(PartyId poster) {
                    return poster == PartyId.P2 ? flood() : board.read(poster);
                }
            };
        }

        private List<SigningMessage> flood() {
            List<SigningMessage> out = new ArrayList<>();
            byte[] point = CurvePoint.GENERATOR.encoded();
            for (int k = 0; k < 10_000; k++, read++) {
                byte[] message = MESSAGE.clone();
                message[0] = (byte) (k % 3);
                PartyId peer = PartyId.of(k % 3);
                int attempt = read / 3 % (4 * GroupSigning.ATTEMPTS);
                byte[] other = point.clone();
                other[CurvePoint.BYTES - 1] ^= (byte) k;
                out.add(
                        k % 2 == 0
                                ? new NonceCommitments(
                                        message, 1, List.of(new NonceCommitments.Pair(peer, attempt, other, point)))
                                : new SignatureShare(message, 1, peer, attempt, new byte[32], new byte[32]));
            }
            return out;
        }
    }
}
