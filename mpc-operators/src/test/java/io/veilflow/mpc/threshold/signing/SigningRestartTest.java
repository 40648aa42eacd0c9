package io.veilflow.mpc.threshold.signing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.threshold.GroupSignature;
import io.veilflow.mpc.threshold.KeyShare;
import io.veilflow.mpc.threshold.TestKeys;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Parties are killed at any moment, also within a posting, before or after it is on the board, and start again from their key file. */
class SigningRestartTest {
    private static final long SEED = 101;
    private static final int SIGNATURES = 1000;
    private static final int TURNS_AT_MOST = 400;
    /** In a thousand turns of a party. */
    private static final int KILLED_BETWEEN = 120;

    private static final int KILLED_BEFORE_POSTING = 60;
    private static final int KILLED_AFTER_POSTING = 60;

    private final Random random = new Random(SEED);
    private final SecureRandom nonces = TestKeys.seeded(SEED);
    private final List<KeyShare> shares = TestKeys.shares(SEED);
    private final NonceLog log = new NonceLog();
    private int kills;
    private int lateAttempts;

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Which nonces were drawn, and what was signed with them, whether or not anybody got to see it. */
    private static final class NonceLog {
        private final Map<String, NonceCommitments.Pair> drawn = new HashMap<>();
        private final Set<String> used = new HashSet<>();

        void record(PartyId poster, SigningMessage message, Map<String, NonceCommitments.Pair> posted) {
            if (message instanceof NonceCommitments commitments) {
                for (NonceCommitments.Pair pair : commitments.pairs()) {
                    for (byte[] point : List.of(pair.hiding(), pair.binding())) {
                        assertTrue(drawn.put(HexFormat.of().formatHex(point), pair) == null, "drawn twice");
                    }
                    posted.put(poster + " " + pair.peer() + " " + pair.attempt(), pair);
                }
            } else if (message instanceof SignatureShare share) {
                NonceCommitments.Pair pair = posted.get(poster + " " + share.peer() + " " + share.attempt());
                for (byte[] point : List.of(pair.hiding(), pair.binding())) {
                    assertTrue(used.add(HexFormat.of().formatHex(point)), "a nonce used twice");
                }
            }
        }
    }

    /** Kills its party now and then, before or after what it posts is on the board. */
    private SigningBulletin deadly(PartyId self, SigningBulletin board, Map<String, NonceCommitments.Pair> posted) {
        return new SigningBulletin() {
            @Override
            public void post(SigningMessage message) {
                log.record(self, message, posted);
                killOutOf1000(KILLED_BEFORE_POSTING);
                board.post(message);
                killOutOf1000(KILLED_AFTER_POSTING);
            }

            @Override
            public List<SigningMessage> read(PartyId poster) {
                return board.read(poster);
            }
        };
    }

    private void killOutOf1000(int chance) {
        if (random.nextInt(1000) < chance) {
            throw new Killed();
        }
    }

    private GroupSigning start(
            PartyId party, byte[] message, SigningBoard board, Map<String, NonceCommitments.Pair> posted) {
        return new GroupSigning(shares.get(party.index()), message, deadly(party, board.of(party), posted), nonces);
    }

    @Test
    @DisplayName("G2: a thousand signatures while parties restart at random: none wrong, no nonce used twice")
    void aThousandSignatures() {
        for (int k = 0; k < SIGNATURES; k++) {
            byte[] message =
                    ByteBuffer.allocate(GroupSignature.MESSAGE_BYTES).putInt(k).array();
            GroupSignature signature = sign(message);
            assertTrue(signature.verifies(shares.get(0).group().point(), message), "signature " + k);
        }
        assertTrue(kills > SIGNATURES / 2, kills + " kills, seed " + SEED);
        assertTrue(lateAttempts > SIGNATURES / 10, lateAttempts + " signatures of a later attempt");
        assertTrue(log.used.size() >= 4 * SIGNATURES, "two nonces of two parties for every signature");
        assertTrue(log.used.size() < log.drawn.size(), "some nonces were lost with their party");
    }

    private GroupSignature sign(byte[] message) {
        SigningBoard board = new SigningBoard();
        Map<String, NonceCommitments.Pair> posted = new HashMap<>();
        Map<PartyId, GroupSigning> running = new EnumMap<>(PartyId.class);
        for (int turn = 0; turn < TURNS_AT_MOST; turn++) {
            PartyId party = PartyId.of(random.nextInt(PartyId.values().length));
            try {
                GroupSigning signing = running.computeIfAbsent(party, any -> start(any, message, board, posted));
                Optional<GroupSignature> signature = signing.step();
                assertEquals(Set.of(), signing.culprits());
                if (signature.isPresent()) {
                    lateAttempts += latest(board) > 1 ? 1 : 0;
                    return signature.get();
                }
                killOutOf1000(KILLED_BETWEEN);
            } catch (Killed killed) {
                running.remove(party);
                kills++;
            }
        }
        throw new AssertionError("no signature after " + TURNS_AT_MOST + " turns, seed " + SEED);
    }

    private static int latest(SigningBoard board) {
        int latest = 0;
        for (PartyId party : PartyId.values()) {
            for (SigningMessage message : board.log(party)) {
                latest = message instanceof SignatureShare share ? Math.max(latest, share.attempt()) : latest;
            }
        }
        return latest;
    }
}
