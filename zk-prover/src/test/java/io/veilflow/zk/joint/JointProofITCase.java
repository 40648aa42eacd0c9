package io.veilflow.zk.joint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.nativelib.ProvingKeyHandle;
import io.veilflow.nativelib.WitnessShare;
import io.veilflow.zk.commitment.G1Point;
import io.veilflow.zk.field.ScalarField;
import io.veilflow.zk.key.JobKeys;
import io.veilflow.zk.key.KeyCache;
import io.veilflow.zk.rule.ClearInputs;
import io.veilflow.zk.rule.ClearReading;
import io.veilflow.zk.rule.job.MarketHealthRule;
import io.veilflow.zk.statement.ContextHash;
import io.veilflow.zk.statement.Statement;
import io.veilflow.zk.verify.Proof;
import io.veilflow.zk.verify.ProofVerifier;
import io.veilflow.zk.verify.VerificationResult;
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

/** Three parties prove one window together: what verifies, what is refused, and that nothing wrong ever leaves. */
class JointProofITCase {
    private static final TestPost.Tamper HONEST = (from, to, label, message) -> message;
    private static final MarketHealthRule MARKET = MarketHealthRule.of(1, 4);
    private static final int WINDOW = 7;

    @TempDir
    private static Path directory;

    private static JobKeys keys;
    private static ProvingKeyHandle provingKey;
    private static ClearReading reading;
    private static SharedWindow window;
    private static Proof proof;

    @BeforeAll
    static void proveOnce() {
        keys = new KeyCache(directory).keysOf(MARKET.rule());
        provingKey = keys.loadProvingKey();
        reading = reading(10);
        window = new SharedWindow(keys, context(31337, 1, WINDOW, 2), reading, 1);
        List<ThreeProvers.Ending> endings = prove(HONEST, window);
        for (ThreeProvers.Ending ending : endings) {
            assertNotNull(ending.proof(), () -> "party failed: " + ending.failure());
            assertEquals(endings.get(0).proof(), ending.proof(), "all parties hold the same proof");
        }
        proof = endings.get(0).proof();
    }

    @AfterAll
    static void close() {
        provingKey.close();
    }

    private static ClearReading reading(long price) {
        List<BigInteger> book = numbers(100, 500, 100, 900, 0, 0, 40, 1);
        return MARKET.rule()
                .evaluate(ClearInputs.allUsed(
                        MARKET.rule(),
                        book,
                        MARKET.publicInputs(numbers(price), numbers(8_000), numbers(1_000, 2_500, 9_999))));
    }

    private static List<BigInteger> numbers(long... values) {
        return Arrays.stream(values).mapToObj(BigInteger::valueOf).toList();
    }

    private static ContextHash context(long chainId, int registry, long window, int manifest) {
        byte[] address = new byte[20];
        Arrays.fill(address, (byte) registry);
        byte[] root = new byte[32];
        Arrays.fill(root, (byte) manifest);
        return ContextHash.of(chainId, address, new byte[32], window, root);
    }

    private static List<ThreeProvers.Ending> prove(TestPost.Tamper tamper, SharedWindow shared) {
        return prove(tamper, shared, shared.statement());
    }

    private static List<ThreeProvers.Ending> prove(TestPost.Tamper tamper, SharedWindow shared, Statement opened) {
        return prove(new TestPost("run", tamper), shared, opened);
    }

    private static List<ThreeProvers.Ending> prove(TestPost post, SharedWindow shared, Statement opened) {
        return new ThreeProvers(MARKET.rule(), provingKey).run(post, shared::witnessOf, opened.wordBytes());
    }

    private static VerificationResult verify(Statement statement) {
        return new ProofVerifier(keys.verifyingKey()).verify(statement, proof, window.expected());
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

    private SharedWindow fresh() {
        return new SharedWindow(keys, context(31337, 1, WINDOW, 2), reading, 2);
    }

    // ---------- the honest proof ----------

    @Test
    void theJointProofVerifies() {
        assertEquals(2, MARKET.level(reading), "a level that is neither lowest nor highest");
        assertInstanceOf(VerificationResult.Accepted.class, verify(window.statement()));
    }

    @Test
    void theCommitmentInTheProofIsTheSumOfTheContributors() {
        assertEquals(window.expected(), G1Point.of(proof.commitment()));
    }

    /** THREATS E7. */
    @Test
    void twoProofsOfOneStatementDiffer() {
        SharedWindow again = new SharedWindow(keys, context(31337, 1, WINDOW, 2), reading, 1);
        List<ThreeProvers.Ending> endings = prove(new TestPost("second run", HONEST), again, again.statement());
        assertNotEquals(proof, endings.get(0).proof());
        assertTrue(new ProofVerifier(keys.verifyingKey())
                .verify(again.statement(), endings.get(0).proof(), again.expected())
                .accepted());
    }

    @Test
    void theMarketWithoutAnyPositionIsProvenToo() {
        ClearReading empty = MARKET.rule()
                .evaluate(ClearInputs.allUsed(
                        MARKET.rule(),
                        numbers(0, 0, 0, 0, 0, 0, 0, 0),
                        MARKET.publicInputs(numbers(10), numbers(8_000), numbers(1_000, 2_500, 9_999))));
        SharedWindow shared = new SharedWindow(keys, context(1, 1, 1, 1), empty, 5);
        for (ThreeProvers.Ending ending : prove(HONEST, shared)) {
            assertTrue(new ProofVerifier(keys.verifyingKey())
                    .verify(shared.statement(), ending.proof(), shared.expected())
                    .accepted());
        }
    }

    // ---------- another statement ----------

    /** THREATS E5. */
    @Test
    void theProofOfOneWindowIsNoneForAnother() {
        for (ContextHash other : List.of(
                context(31337, 1, WINDOW + 1, 2),
                context(31337, 1, WINDOW, 3),
                context(31338, 1, WINDOW, 2),
                context(31337, 2, WINDOW, 2))) {
            assertEquals(
                    new VerificationResult.Rejected(VerificationResult.Reason.INVALID_PROOF),
                    verify(new Statement(other, window.statement().words())));
        }
    }

    @Test
    void anotherPriceOrLevelIsRefused() {
        ContextHash context = window.statement().context();
        assertTrue(verify(Statement.of(MARKET.rule(), context, reading.publicValues()))
                .accepted());
        assertEquals(
                new VerificationResult.Rejected(VerificationResult.Reason.INVALID_PROOF),
                verify(Statement.of(MARKET.rule(), context, reading(11).publicValues())));
        List<BigInteger> words = new ArrayList<>(window.statement().words());
        words.set(0, words.get(0).xor(BigInteger.ONE));
        assertEquals(
                new VerificationResult.Rejected(VerificationResult.Reason.INVALID_PROOF),
                verify(new Statement(context, words)));
    }

    /** THREATS E6. */
    @Test
    void everyPublicInputPlusOneIsRefused() {
        Statement statement = window.statement();
        ContextHash next = new ContextHash(statement.context().value().add(BigInteger.ONE));
        assertEquals(
                new VerificationResult.Rejected(VerificationResult.Reason.INVALID_PROOF),
                verify(new Statement(next, statement.words())));
        for (int word = 0; word < statement.words().size(); word++) {
            List<BigInteger> words = new ArrayList<>(statement.words());
            words.set(word, words.get(word).add(BigInteger.ONE));
            assertEquals(
                    new VerificationResult.Rejected(VerificationResult.Reason.INVALID_PROOF),
                    verify(new Statement(statement.context(), words)),
                    "word " + word);
        }
    }

    /** THREATS E23. */
    @Test
    void otherCommitmentsAreRefused() {
        assertEquals(
                new VerificationResult.Rejected(VerificationResult.Reason.OTHER_COMMITMENTS),
                new ProofVerifier(keys.verifyingKey())
                        .verify(window.statement(), proof, keys.basis().slotPoint(0)));
    }

    @Test
    void aStatementOfAnotherCircuitIsRefused() {
        Statement statement = window.statement();
        Statement shorter = new Statement(statement.context(), statement.words().subList(0, 1));
        assertEquals(new VerificationResult.Rejected(VerificationResult.Reason.OTHER_CIRCUIT), verify(shorter));
    }

    @Test
    void everyChangedPartOfAProofIsRefused() {
        for (int at = 0; at < proof.bytes().length; at += 32) {
            byte[] changed = proof.bytes();
            changed[at + 31] ^= 1;
            assertTrue(
                    !new ProofVerifier(keys.verifyingKey())
                            .verify(window.statement(), Proof.of(changed), window.expected())
                            .accepted(),
                    "bytes " + at);
        }
    }

    // ---------- a witness that does not satisfy the circuit ----------

    @ParameterizedTest
    @EnumSource(
            value = SharedWindow.Group.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"LIMBS", "COUNTS"})
    @DisplayName(
            "C21: a wrong witness wire fails the row check before round one, so nothing that depends on it was opened")
    void oneWrongValueOfAnyGroupFailsTheRowCheckBeforeRoundOne(SharedWindow.Group group) {
        SharedWindow wrong = fresh().withWrongValue(group, 0, BigInteger.valueOf(5));
        TestPost post = new TestPost("run", HONEST);
        assertNoProof(prove(post, wrong, wrong.statement()), JointProofException.Reason.ROW_CHECK);
        assertFalse(post.sent("round-one"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 6})
    void oneWrongAdviceBitFailsTheRowCheck(int bit) {
        BigInteger right = reading.advice().get(bit);
        SharedWindow wrong = fresh().withWrongValue(SharedWindow.Group.ADVICE, bit, BigInteger.ONE.subtract(right));
        assertNoProof(prove(HONEST, wrong), JointProofException.Reason.ROW_CHECK);
    }

    @Test
    void anotherManifestThanTheBooksIsFoundBeforeAnythingIsOpened() {
        SharedWindow wrong = fresh().expecting(keys.basis().slotPoint(0));
        assertNoProof(prove(HONEST, wrong), JointProofException.Reason.COMMITMENT_MISMATCH);
    }

    @Test
    void anotherBlindingThanTheContributorsIsFound() {
        assertNoProof(prove(HONEST, fresh().withWrongBlinding()), JointProofException.Reason.COMMITMENT_MISMATCH);
    }

    @Test
    void wrongOpenedWordsGiveNoProof() {
        Statement right = fresh().statement();
        List<BigInteger> words = new ArrayList<>(right.words());
        words.set(0, words.get(0).xor(BigInteger.ONE));
        assertNoProof(prove(HONEST, fresh(), new Statement(right.context(), words)));
    }

    // ---------- one party's copy is wrong, or what it sends ----------

    @ParameterizedTest
    @EnumSource(
            value = SharedWindow.Group.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"LIMBS", "COUNTS"})
    @DisplayName("C2: a party that proves with another input than the committed one leaves nobody with a proof")
    void oneComponentThatOnlyOnePartyHasWrongGivesNoProof(SharedWindow.Group group) {
        SharedWindow shared = fresh();
        List<ThreeProvers.Ending> endings = new ThreeProvers(MARKET.rule(), provingKey)
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
        List<ThreeProvers.Ending> endings = prove(tamper, fresh());
        long deceived = endings.stream()
                .skip(1)
                .filter(ending -> ending.proof() != null)
                .count();
        // a message between two parties only leaves the third alone; nobody accepts anything that does not verify
        for (ThreeProvers.Ending ending : endings) {
            if (ending.proof() != null) {
                assertTrue(new ProofVerifier(keys.verifyingKey())
                        .verify(window.statement(), ending.proof(), fresh().expected())
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
                ? Arrays.copyOfRange(keys.verifyingKey().bytes(), 193, 321)
                : keys.basis().slotPoint(0).bytes();
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
            SharedWindow shared = fresh();
            List<ThreeProvers.Ending> endings = prove(post, shared, shared.statement());
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

    // ---------- the session itself ----------

    @Test
    void aFailedSessionRefusesEverything() {
        TestPost alone = new TestPost("alone", HONEST);
        alone.leave(1);
        alone.leave(2);
        WindowWitness witness = fresh().witnessOf(0);
        try (WitnessShare share = witness.share(MARKET.rule(), provingKey.circuit());
                JointProvingSession session = new JointProvingSession(provingKey, new TestEngine(0, alone), share)) {
            assertThrows(TestPost.PeerGoneException.class, session::firstHalf);
            for (int again = 0; again < 2; again++) {
                assertEquals(
                        JointProofException.Reason.WRONG_STATE,
                        assertThrows(JointProofException.class, session::firstHalf)
                                .reason());
                assertEquals(
                        JointProofException.Reason.WRONG_STATE,
                        assertThrows(JointProofException.class, () -> session.secondHalf(new byte[64]))
                                .reason());
            }
        }
    }

    @Test
    void theSecondHalfNeedsTheFirst() {
        WindowWitness witness = fresh().witnessOf(0);
        try (WitnessShare share = witness.share(MARKET.rule(), provingKey.circuit());
                JointProvingSession session =
                        new JointProvingSession(provingKey, new TestEngine(0, new TestPost("unused", HONEST)), share)) {
            assertEquals(
                    JointProofException.Reason.WRONG_STATE,
                    assertThrows(JointProofException.class, () -> session.secondHalf(new byte[64]))
                            .reason());
        }
    }

    @Test
    void aWitnessOfTheWrongSizeIsRefusedByGroup() {
        WindowWitness right = fresh().witnessOf(0);
        WindowWitness wrong = new WindowWitness(
                0,
                right.context(),
                right.publicInputs(),
                right.used(),
                right.variableWords(),
                right.book(),
                right.limbs(),
                right.counts(),
                right.bits(),
                right.book(),
                right.mask(),
                right.limbMask(),
                right.expected());
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> wrong.share(MARKET.rule(), provingKey.circuit()));
        assertTrue(refused.getMessage().startsWith("advice"), refused.getMessage());
    }
}
