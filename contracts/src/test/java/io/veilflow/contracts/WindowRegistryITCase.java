package io.veilflow.contracts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.contracts.testing.Bn254;
import io.veilflow.contracts.testing.TestChain;
import io.veilflow.contracts.testing.TestJob;
import io.veilflow.contracts.testing.TestJob.Post;
import io.veilflow.contracts.testing.TrapdoorKey;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Sign;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.utils.Numeric;

/** WindowRegistry: order, replay, signatures, ranges (THREATS E5, E23, F3 to F11). */
class WindowRegistryITCase {
    private static final TrapdoorKey KEY = new TrapdoorKey(3, 3);
    private static final BigInteger SECP256K1_ORDER = Sign.CURVE_PARAMS.getN();

    private static TestChain chain;
    private static Groth16Verifier verifier;
    private static WindowRegistry registry;

    private TestJob job;

    @BeforeAll
    static void deploy() {
        chain = new TestChain();
        verifier = TestChain.done(
                Groth16Verifier.deploy(chain.web3(), chain.sender(0), chain.gas(), KEY.verifyingKey(), List.of()));
        registry = chain.deployRegistry();
    }

    @AfterAll
    static void stop() {
        chain.close();
    }

    @BeforeEach
    void register(TestInfo test) {
        job = TestJob.of(registry, chain.chainId(), KEY, test.getDisplayName() + test.getTestMethod());
        TestChain.done(registry.registerJob(job.jobId(), job.terms(verifier)));
    }

    // Recording

    @Test
    void aSignedAndProvenResultIsRecordedWithAnEvent() {
        Post post = job.post(5, 3);
        TransactionReceipt receipt = chain.send(1, registry.getContractAddress(), post.call(registry));
        assertEquals("0x1", receipt.getStatus());

        WindowRegistry.WindowPostedEventResponse event =
                WindowRegistry.getWindowPostedEvents(receipt).get(0);
        assertArrayEquals(job.jobId(), event.jobId);
        assertEquals(BigInteger.valueOf(5), event.window);
        assertArrayEquals(post.root(), event.manifestRoot);
        assertEquals(BigInteger.valueOf(3), event.outputs);
        assertEquals(BigInteger.TWO, event.assurance);
        assertArrayEquals(job.message(post), event.statement);

        WindowRegistry.WindowResult result = result(5);
        assertEquals(BigInteger.valueOf(3), result.outputs);
        assertEquals(BigInteger.TWO, result.assurance);
        assertArrayEquals(
                Arrays.copyOfRange(job.message(post), 22, 32), Numeric.toBytesPadded(result.statementTag, 10));
        assertEquals(BigInteger.valueOf(6), TestChain.done(registry.nextWindow(job.jobId())));
    }

    @Test
    void theContextIsTheOneThatProversUse() {
        byte[] root = TestJob.hash("root");
        BigInteger context = TestChain.done(registry.contextOf(job.jobId(), BigInteger.ONE, root));
        assertTrue(context.bitLength() <= 253);
        assertNotEquals(context, TestChain.done(registry.contextOf(job.jobId(), BigInteger.TWO, root)));
    }

    @Test
    void nothingIsRecordedBeforeTheFirstPost() {
        assertEquals(BigInteger.ZERO, result(0).assurance);
        assertEquals(BigInteger.ZERO, TestChain.done(registry.nextWindow(job.jobId())));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "0, 2", "1, 2"})
    void anyTwoPartiesSuffice(int first, int second) {
        assertAccepted(job.sign(job.post(0, 1), first, second));
    }

    // Replay and order

    @Test
    void theSameStatementAgainHasNoEffectWhoeverSignsOrProvesIt() {
        BigInteger word = TestJob.word(2);
        Post post = job.post(4, TestJob.hash("root"), word);
        send(post);
        BigInteger postedAt = result(4).postedAt;
        chain.pass(60);
        byte[] malleated = post.proof().clone();
        negate(malleated, 32);
        negate(malleated, 128);
        negate(malleated, 160);
        Post otherProof = new Post(post.jobId(), 4, post.root(), post.words(), malleated, post.signatures());
        for (Post again : List.of(post, job.sign(post, 1, 2), otherProof)) {
            TransactionReceipt receipt = chain.send(2, registry.getContractAddress(), again.call(registry));
            assertEquals("0x1", receipt.getStatus());
            assertTrue(receipt.getLogs().isEmpty());
            assertEquals(postedAt, result(4).postedAt);
        }
    }

    @Test
    void anOldStatementAgainHasNoEffectAfterLaterWindows() {
        Post old = job.post(1, 0);
        send(old);
        send(job.post(2, 1));
        assertTrue(chain.send(0, registry.getContractAddress(), old.call(registry))
                .getLogs()
                .isEmpty());
        assertEquals(BigInteger.valueOf(3), TestChain.done(registry.nextWindow(job.jobId())));
    }

    @Test
    void anotherStatementForAPostedWindowIsRefused() {
        send(job.post(4, 2));
        assertRefused("WindowAlreadyPosted(uint64)", job.post(4, 3));
        assertRefused("WindowAlreadyPosted(uint64)", job.post(4, TestJob.hash("other root"), TestJob.word(2)));
        assertRefused("WindowAlreadyPosted(uint64)", job.post(4, 2));
    }

    @Test
    void windowsOnlyGoUp() {
        send(job.post(4, 2));
        assertRefused("WindowOutOfOrder(uint64,uint64)", job.post(3, 2));
        assertAccepted(job.post(9, 2));
    }

    @Test
    void theLastWindowNumberIsRefusedBecauseItHasNoSuccessor() {
        Post post = job.post(0, 0);
        String call = registry.postWindow(
                        post.jobId(),
                        BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE),
                        post.root(),
                        post.words(),
                        post.proof(),
                        post.signatures())
                .encodeFunctionCall();
        assertRevert("WindowOutOfOrder(uint64,uint64)", call);
    }

    // Statements of something else

    @Test
    @DisplayName("E5: a result for another window, root or word is refused though signed anew")
    void aResultForAnotherWindowRootOrWordIsRefusedThoughSignedAnew() {
        Post post = job.post(7, 2);
        assertRefused("ProofInvalid()", job.sign(with(post, 8, post.root(), post.words()), 0, 1));
        assertRefused("ProofInvalid()", job.sign(with(post, 7, TestJob.hash("x"), post.words()), 0, 1));
        for (BigInteger word : List.of(TestJob.word(1), TestJob.word(2).flipBit(40))) {
            assertRefused("ProofInvalid()", job.sign(with(post, 7, post.root(), List.of(word)), 0, 1));
        }
    }

    @Test
    @DisplayName("E5: a result for another window, root or word is refused with its old signatures")
    void aResultForAnotherWindowRootOrWordIsRefusedWithItsOldSignatures() {
        Post post = job.post(7, 2);
        assertRefused("SignatureInvalid(uint256,address)", with(post, 8, post.root(), post.words()));
        assertRefused("SignatureInvalid(uint256,address)", with(post, 7, TestJob.hash("x"), post.words()));
        assertRefused("SignatureInvalid(uint256,address)", with(post, 7, post.root(), List.of(TestJob.word(1))));
    }

    @Test
    @DisplayName("E5: a result for another chain or registry is refused")
    void aResultForAnotherChainOrRegistryIsRefused() {
        String here = registry.getContractAddress();
        String elsewhere = chain.deployRegistry().getContractAddress();
        for (Post foreign : List.of(job.postFor(1, here, 3, 1), job.postFor(chain.chainId(), elsewhere, 3, 1))) {
            assertRefused("SignatureInvalid(uint256,address)", foreign);
            assertRefused("ProofInvalid()", job.sign(foreign, 0, 1));
        }
    }

    @Test
    @DisplayName("E5: a result for another job is refused")
    void aResultForAnotherJobIsRefused() {
        TestJob other = TestJob.of(registry, chain.chainId(), KEY, "other job");
        TestChain.done(registry.registerJob(other.jobId(), other.terms(verifier)));
        Post post = job.post(3, 1);
        Post moved = new Post(other.jobId(), 3, post.root(), post.words(), post.proof(), post.signatures());
        assertRefused("SignatureInvalid(uint256,address)", moved);
        assertRefused("ProofInvalid()", other.sign(moved, 0, 1));
    }

    @Test
    @DisplayName("E23: a valid proof whose commitment is not the signed one is refused")
    void aProofWhoseCommitmentWasNotSignedIsRefused() {
        Post post = job.post(3, 1);
        Post other = job.post(3, 1);
        assertRefused(
                "SignatureInvalid(uint256,address)",
                new Post(post.jobId(), 3, post.root(), post.words(), other.proof(), post.signatures()));
    }

    @Test
    void aSignatureOverAnAttestedResultDoesNotServeForAProvenOne() {
        Post post = job.post(3, 1);
        assertRefused(
                "SignatureInvalid(uint256,address)",
                TestJob.withSignatures(post, job.signatures(job.message(post, 1), 0, 1)));
    }

    @Test
    @DisplayName("E5: a signature over the result of another rule is refused")
    void aSignatureOverTheResultOfAnotherRuleIsRefused() {
        Post post = job.post(3, 1);
        byte[] message = job.messageUnderRule(post, TestJob.hash("other rule"));
        assertRefused("SignatureInvalid(uint256,address)", TestJob.withSignatures(post, job.signatures(message, 0, 1)));
    }

    @Test
    void anUnknownJobIsRefused() {
        Post post = job.post(3, 1);
        assertRefused(
                "JobUnknown(bytes32)",
                new Post(TestJob.hash("nobody"), 3, post.root(), post.words(), post.proof(), post.signatures()));
    }

    // Signatures

    @Test
    void oneSignatureTwiceOrTheWrongOrderIsRefused() {
        Post post = job.post(3, 1);
        assertRefused("SignatureInvalid(uint256,address)", job.sign(post, 0, 0));
        assertRefused("SignatureInvalid(uint256,address)", job.sign(post, 2, 2));
        assertRefused("SignatureInvalid(uint256,address)", job.sign(post, 1, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aStrangersSignatureIsRefusedAtEachPlace(int place) {
        Post post = job.post(3, 1);
        byte[] stranger = TestJob.signature(job.message(post), ECKeyPair.create(BigInteger.valueOf(4711)));
        assertRefused("SignatureInvalid(uint256,address)", withSignature(post, place, stranger));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void highSIsRefusedAtEachPlace(int place) {
        Post post = job.post(3, 1);
        byte[] high = signatureAt(post, place);
        BigInteger s = SECP256K1_ORDER.subtract(new BigInteger(1, Arrays.copyOfRange(high, 32, 64)));
        System.arraycopy(Numeric.toBytesPadded(s, 32), 0, high, 32, 32);
        high[64] = (byte) (27 + 28 - high[64]);
        assertRefused("SignatureInvalid(uint256,address)", withSignature(post, place, high));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 26, 29, 255})
    void anyOtherRecoveryByteIsRefused(int v) {
        Post post = job.post(3, 1);
        byte[] wrong = signatureAt(post, 1);
        wrong[64] = (byte) v;
        assertRefused("SignatureInvalid(uint256,address)", withSignature(post, 1, wrong));
    }

    @ParameterizedTest
    @CsvSource({"0", "32"})
    void zeroAndTheOrderAreRefusedAsRAndAsS(int offset) {
        Post post = job.post(3, 1);
        for (BigInteger value : List.of(BigInteger.ZERO, SECP256K1_ORDER)) {
            byte[] wrong = signatureAt(post, 0);
            System.arraycopy(Numeric.toBytesPadded(value, 32), 0, wrong, offset, 32);
            assertRefused("SignatureInvalid(uint256,address)", withSignature(post, 0, wrong));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 65, 129, 131, 195})
    void signaturesOfAnotherLengthAreRefused(int length) {
        Post post = job.post(3, 1);
        assertRefused(
                "SignatureLengthInvalid(uint256,uint256)",
                TestJob.withSignatures(post, Arrays.copyOf(post.signatures(), length)));
    }

    // Ranges and shapes

    @Test
    void aWordWithABitAboveItsPartsIsRefusedThoughSignedAndProven() {
        BigInteger word = TestJob.word(1).setBit(TestJob.WORD_BITS);
        assertRefused("WordOutOfRange(uint256,uint256,uint256)", job.post(3, TestJob.hash("root"), word));
        BigInteger largest = BigInteger.ONE.shiftLeft(TestJob.WORD_BITS).subtract(BigInteger.ONE);
        assertAccepted(job.post(3, TestJob.hash("root"), largest));
    }

    @Test
    void moreOrFewerWordsAreRefused() {
        Post post = job.post(3, 1);
        assertRefused("WordCountInvalid(uint256,uint256)", with(post, 3, post.root(), List.of()));
        assertRefused(
                "WordCountInvalid(uint256,uint256)",
                with(post, 3, post.root(), List.of(TestJob.word(1), BigInteger.ZERO)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 256, 383, 385})
    void aProofOfAnotherLengthIsRefused(int length) {
        Post post = job.post(3, 1);
        assertRefused(
                "ProofLengthInvalid(uint256,uint256)",
                new Post(
                        post.jobId(),
                        3,
                        post.root(),
                        post.words(),
                        Arrays.copyOf(post.proof(), length),
                        post.signatures()));
    }

    @Test
    void dirtyBitsInTheWindowNumberAreRefused() {
        String call = job.post(3, 1).call(registry);
        int window = 2 + 8 + 64;
        String dirty = call.substring(0, window) + "01" + call.substring(window + 2);
        String revert = chain.revertOf(registry.getContractAddress(), dirty);
        assertTrue(revert.equals("0x") || revert.startsWith("no data"), revert);
    }

    @Test
    void bytesBehindTheCallChangeNothing() {
        assertEquals(
                "", chain.revertOf(registry.getContractAddress(), job.post(3, 1).call(registry) + "00".repeat(64)));
    }

    @Test
    void aProofThatStandsInTheSignaturesPlaceTooIsRefused() {
        // The offset of the signatures points at the proof: overlapping parts of call data are read as what they are.
        String call = job.post(3, 1).call(registry);
        int head = 2 + 8;
        String proofOffset = call.substring(head + 4 * 64, head + 5 * 64);
        String overlapping = call.substring(0, head + 5 * 64) + proofOffset + call.substring(head + 6 * 64);
        assertRevert("SignatureLengthInvalid(uint256,uint256)", overlapping);
    }

    @Test
    void etherIsNeverTaken() {
        String call = job.post(3, 1).call(registry);
        assertFalse(chain.takesEther(registry.getContractAddress(), call));
        assertFalse(chain.takesEther(registry.getContractAddress(), "0x"));
        assertFalse(chain.takesEther(verifier.getContractAddress(), "0x"));
    }

    // Gas

    @Test
    void aPostThatRanOutOfGasCanBeSentAgainAndCountsOnce() {
        Post post = job.post(0, 1);
        TransactionReceipt starved = chain.send(0, registry.getContractAddress(), post.call(registry), 200_000);
        assertEquals("0x0", starved.getStatus());
        assertEquals(BigInteger.ZERO, result(0).assurance);
        assertAccepted(post);
    }

    private WindowRegistry.WindowResult result(long window) {
        return TestChain.done(registry.resultOf(job.jobId(), BigInteger.valueOf(window)));
    }

    private void send(Post post) {
        assertEquals(
                "0x1",
                chain.send(0, registry.getContractAddress(), post.call(registry))
                        .getStatus());
    }

    private void assertAccepted(Post post) {
        TransactionReceipt receipt = chain.send(0, registry.getContractAddress(), post.call(registry));
        assertEquals("0x1", receipt.getStatus());
        assertEquals(1, TestChain.count(receipt, WindowRegistry.WINDOWPOSTED_EVENT));
    }

    private void assertRefused(String error, Post post) {
        assertRevert(error, post.call(registry));
    }

    private static void assertRevert(String error, String call) {
        String revert = chain.revertOf(registry.getContractAddress(), call);
        assertEquals(TestChain.error(error), revert.substring(0, Math.min(10, revert.length())), error + ": " + revert);
    }

    private static Post with(Post post, long window, byte[] root, List<BigInteger> words) {
        return new Post(post.jobId(), window, root, words, post.proof(), post.signatures());
    }

    private static byte[] signatureAt(Post post, int place) {
        return Arrays.copyOfRange(post.signatures(), 65 * place, 65 * place + 65);
    }

    private static Post withSignature(Post post, int place, byte[] signature) {
        byte[] signatures = post.signatures().clone();
        System.arraycopy(signature, 0, signatures, 65 * place, 65);
        return TestJob.withSignatures(post, signatures);
    }

    private static void negate(byte[] proof, int offset) {
        BigInteger y = new BigInteger(1, Arrays.copyOfRange(proof, offset, offset + 32));
        System.arraycopy(Bn254.words(Bn254.P.subtract(y)), 0, proof, offset, 32);
    }
}
