package io.veilflow.zk.joint;

import static io.veilflow.zk.joint.ProvenMarket.HONEST;
import static io.veilflow.zk.joint.ProvenMarket.MARKET;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.zk.field.ScalarField;
import io.veilflow.zk.statement.Statement;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A witness that does not satisfy the circuit, or one party that holds or sends something else: nothing wrong ever leaves. */
class DeviatingProverITCase {
    @TempDir
    private static Path directory;

    private static ProvenMarket market;

    @BeforeAll
    static void makeKeys() {
        market = new ProvenMarket(directory);
    }

    @AfterAll
    static void close() {
        market.close();
    }

    private static void assertNoProof(List<ThreeProvers.Ending> endings) {
        for (ThreeProvers.Ending ending : endings) {
            assertNull(ending.proof());
        }
    }

    private static void assertNoProof(List<ThreeProvers.Ending> endings, JointProofException.Reason reason) {
        assertNoProof(endings);
        for (ThreeProvers.Ending ending : endings) {
            JointProofException failure = assertInstanceOf(JointProofException.class, ending.failure());
            assertEquals(reason, failure.reason());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = SharedWindow.Group.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"LIMBS", "COUNTS"})
    @DisplayName(
            "C21: a wrong witness wire fails the row check before round one, so nothing that depends on it was opened")
    void oneWrongValueOfAnyGroupFailsTheRowCheckBeforeRoundOne(SharedWindow.Group group) {
        SharedWindow wrong = market.window(2).withWrongValue(group, 0, BigInteger.valueOf(5));
        TestPost post = new TestPost("run", HONEST);
        assertNoProof(market.prove(post, wrong, wrong.statement()), JointProofException.Reason.ROW_CHECK);
        assertFalse(post.sent("round-one"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 6})
    void oneWrongAdviceBitFailsTheRowCheck(int bit) {
        BigInteger right = market.reading().advice().get(bit);
        SharedWindow wrong =
                market.window(2).withWrongValue(SharedWindow.Group.ADVICE, bit, BigInteger.ONE.subtract(right));
        assertNoProof(market.prove(HONEST, wrong), JointProofException.Reason.ROW_CHECK);
    }

    @Test
    void anotherManifestThanTheBooksIsFoundBeforeAnythingIsOpened() {
        SharedWindow wrong = market.window(2).expecting(market.keys().basis().slotPoint(0));
        assertNoProof(market.prove(HONEST, wrong), JointProofException.Reason.COMMITMENT_MISMATCH);
    }

    @Test
    void anotherBlindingThanTheContributorsIsFound() {
        assertNoProof(
                market.prove(HONEST, market.window(2).withWrongBlinding()),
                JointProofException.Reason.COMMITMENT_MISMATCH);
    }

    @Test
    void wrongOpenedWordsGiveNoProof() {
        Statement right = market.window(2).statement();
        List<BigInteger> words = new ArrayList<>(right.words());
        words.set(0, words.get(0).xor(BigInteger.ONE));
        assertNoProof(market.prove(HONEST, market.window(2), new Statement(right.context(), words)));
    }

    @ParameterizedTest
    @EnumSource(
            value = SharedWindow.Group.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"LIMBS", "COUNTS"})
    @DisplayName("C2: a party that proves with another input than the committed one leaves nobody with a proof")
    void oneComponentThatOnlyOnePartyHasWrongGivesNoProof(SharedWindow.Group group) {
        SharedWindow shared = market.window(2);
        List<ThreeProvers.Ending> endings = new ThreeProvers(MARKET.rule(), market.provingKey())
                .run(
                        new TestPost("run", HONEST),
                        party -> {
                            WindowWitness witness = shared.witnessOf(party);
                            FieldShares changed =
                                    switch (group) {
                                        case WORDS -> witness.variableWords();
                                        case BOOK -> witness.book();
                                        case LIMBS -> witness.limbs();
                                        case COUNTS -> witness.counts();
                                        case BITS -> witness.bits();
                                        case ADVICE -> witness.advice();
                                    };
                            if (party == 1) {
                                changed.own()[ScalarField.BYTES - 1] ^= 1;
                            }
                            return witness;
                        },
                        shared.statement().wordBytes());
        assertNoProof(endings);
    }

    @ParameterizedTest
    @ValueSource(strings = {"walk-0", "rows/products", "rows/masked", "rows/opened", "round-one", "round-two"})
    void aMessageThatIsChangedGivesNoProofToItsReceiver(String label) {
        TestPost.Tamper tamper = (from, to, place, message) -> {
            byte[] changed = message.clone();
            if (from == 0 && place.equals(label)) {
                changed[changed.length - 1] ^= 1;
            }
            return changed;
        };
        SharedWindow shared = market.window(2);
        List<ThreeProvers.Ending> endings = market.prove(tamper, shared);
        long deceived = endings.stream()
                .skip(1)
                .filter(ending -> ending.proof() != null)
                .count();
        // a message between two parties only leaves the third alone; nobody accepts anything that does not verify
        for (ThreeProvers.Ending ending : endings) {
            if (ending.proof() != null) {
                assertTrue(market.verifier()
                        .verify(shared.statement(), ending.proof(), shared.expected())
                        .accepted());
            }
        }
        assertEquals(0, deceived, "a receiver of the changed message has no proof");
    }

    /** THREATS C21. What such a lie would show without the checks is in leak_test.go of native-bindings. */
    @ParameterizedTest
    @EnumSource(RoundOnePart.class)
    @DisplayName(
            "C21: a wrong share of A, B (G1), B (G2), D or PoK, by any party, aborts before an honest share of C is"
                    + " sent")
    void aWrongShareOfAnyPointIsNotOnALineAndNoShareOfCIsSent(RoundOnePart part) {
        byte[] foreign = part == RoundOnePart.B_IN_G2
                ? Arrays.copyOfRange(market.keys().verifyingKey().bytes(), 193, 321)
                : market.keys().basis().slotPoint(0).bytes();
        for (int liar = 0; liar < 3; liar++) {
            int corrupt = liar;
            Set<Integer> sendersOfC = ConcurrentHashMap.newKeySet();
            TestPost post = new TestPost("lie of " + liar, (from, to, label, message) -> {
                byte[] changed = message.clone();
                if (from == corrupt && label.equals("round-one")) {
                    System.arraycopy(foreign, 0, changed, part.offset, foreign.length);
                }
                if (label.equals("round-two")) {
                    sendersOfC.add(from);
                }
                return changed;
            });
            SharedWindow shared = market.window(2);
            List<ThreeProvers.Ending> endings = market.prove(post, shared, shared.statement());
            assertNoProof(endings);
            for (int honest : new int[] {(liar + 1) % 3, (liar + 2) % 3}) {
                JointProofException failure = assertInstanceOf(
                        JointProofException.class, endings.get(honest).failure());
                assertEquals(JointProofException.Reason.NOT_COLLINEAR, failure.reason());
                assertFalse(sendersOfC.contains(honest), "party " + honest + " sent a share of C");
            }
        }
    }

    private enum RoundOnePart {
        A(0),
        B_IN_G1(64),
        B_IN_G2(128),
        D(256),
        POK(320);

        private final int offset;

        RoundOnePart(int offset) {
            this.offset = offset;
        }
    }
}
