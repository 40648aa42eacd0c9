package io.veilflow.zk.joint;

import static io.veilflow.zk.joint.ProvenMarket.HONEST;
import static io.veilflow.zk.joint.ProvenMarket.MARKET;
import static io.veilflow.zk.joint.ProvenMarket.WINDOW;
import static io.veilflow.zk.joint.ProvenMarket.context;
import static io.veilflow.zk.joint.ProvenMarket.numbers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.nativelib.WitnessShare;
import io.veilflow.zk.commitment.G1Point;
import io.veilflow.zk.rule.ClearReading;
import io.veilflow.zk.statement.ContextHash;
import io.veilflow.zk.statement.Statement;
import io.veilflow.zk.verify.Proof;
import io.veilflow.zk.verify.VerificationResult;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three parties prove one window together: what verifies, for which statement, and what a session allows. */
class JointProofITCase {
    @TempDir
    private static Path directory;

    private static ProvenMarket market;
    private static SharedWindow window;
    private static Proof proof;

    @BeforeAll
    static void proveOnce() {
        market = new ProvenMarket(directory);
        window = market.window(1);
        List<ThreeProvers.Ending> endings = market.prove(HONEST, window);
        for (ThreeProvers.Ending ending : endings) {
            assertNotNull(ending.proof(), () -> "party failed: " + ending.failure());
            assertEquals(endings.get(0).proof(), ending.proof(), "all parties hold the same proof");
        }
        proof = endings.get(0).proof();
    }

    @AfterAll
    static void close() {
        market.close();
    }

    private static VerificationResult verify(Statement statement) {
        return market.verifier().verify(statement, proof, window.expected());
    }

    @Test
    void theJointProofVerifies() {
        assertEquals(2, MARKET.level(market.reading()), "a level that is neither lowest nor highest");
        assertInstanceOf(VerificationResult.Accepted.class, verify(window.statement()));
    }

    @Test
    void theCommitmentInTheProofIsTheSumOfTheContributors() {
        assertEquals(window.expected(), G1Point.of(proof.commitment()));
    }

    /** THREATS E7. */
    @Test
    void twoProofsOfOneStatementDiffer() {
        SharedWindow again = market.window(1);
        List<ThreeProvers.Ending> endings = market.prove(new TestPost("second run", HONEST), again, again.statement());
        assertNotEquals(proof, endings.get(0).proof());
        assertTrue(market.verifier()
                .verify(again.statement(), endings.get(0).proof(), again.expected())
                .accepted());
    }

    @Test
    void theMarketWithoutAnyPositionIsProvenToo() {
        ClearReading empty = ProvenMarket.reading(numbers(0, 0, 0, 0, 0, 0, 0, 0), 10);
        SharedWindow shared = new SharedWindow(market.keys(), context(1, 1, 1, 1), empty, 5);
        for (ThreeProvers.Ending ending : market.prove(HONEST, shared)) {
            assertTrue(market.verifier()
                    .verify(shared.statement(), ending.proof(), shared.expected())
                    .accepted());
        }
    }

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
        assertTrue(verify(Statement.of(MARKET.rule(), context, market.reading().publicValues()))
                .accepted());
        assertEquals(
                new VerificationResult.Rejected(VerificationResult.Reason.INVALID_PROOF),
                verify(Statement.of(
                        MARKET.rule(), context, ProvenMarket.reading(11).publicValues())));
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
                market.verifier()
                        .verify(window.statement(), proof, market.keys().basis().slotPoint(0)));
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
                    !market.verifier()
                            .verify(window.statement(), Proof.of(changed), window.expected())
                            .accepted(),
                    "bytes " + at);
        }
    }

    @Test
    void aFailedSessionRefusesEverything() {
        TestPost alone = new TestPost("alone", HONEST);
        alone.leave(1);
        alone.leave(2);
        WindowWitness witness = market.window(2).witnessOf(0);
        try (WitnessShare share =
                        witness.share(MARKET.rule(), market.provingKey().circuit());
                JointProvingSession session =
                        new JointProvingSession(market.provingKey(), new TestEngine(0, alone), share)) {
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
        WindowWitness witness = market.window(2).witnessOf(0);
        try (WitnessShare share =
                        witness.share(MARKET.rule(), market.provingKey().circuit());
                JointProvingSession session = new JointProvingSession(
                        market.provingKey(), new TestEngine(0, new TestPost("unused", HONEST)), share)) {
            assertEquals(
                    JointProofException.Reason.WRONG_STATE,
                    assertThrows(JointProofException.class, () -> session.secondHalf(new byte[64]))
                            .reason());
        }
    }

    @Test
    void aWitnessOfTheWrongSizeIsRefusedByGroup() {
        WindowWitness right = market.window(2).witnessOf(0);
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
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> wrong.share(MARKET.rule(), market.provingKey().circuit()));
        assertTrue(refused.getMessage().startsWith("advice"), refused.getMessage());
    }
}
