package io.veilflow.contracts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.contracts.testing.Bn254;
import io.veilflow.contracts.testing.RegistryChain;
import io.veilflow.contracts.testing.TestChain;
import io.veilflow.contracts.testing.TestJob;
import io.veilflow.contracts.testing.TestJob.Post;
import io.veilflow.contracts.testing.WholeGroupKey;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.utils.Numeric;

/** WindowRegistry, proven results: order, replay, statements of something else, shapes of calls. */
class WindowRegistryITCase {
    private static final String OUT_OF_ORDER = "WindowOutOfOrder(uint64,uint64)";
    private static final String NOT_SIGNED = "GroupSignatureInvalid(uint64,bytes32)";

    @RegisterExtension
    static final RegistryChain chain = new RegistryChain();

    // Recording

    @Test
    void aSignedAndProvenResultIsRecordedWithAnEvent() {
        Post post = chain.job().post(0, 3);
        TransactionReceipt receipt = chain.send(1, post.call(chain.registry()));

        WindowRegistry.WindowPostedEventResponse event =
                WindowRegistry.getWindowPostedEvents(receipt).get(0);
        byte[] message = chain.job().message(post, TestJob.PROVEN);
        assertArrayEquals(chain.job().jobId(), event.jobId);
        assertEquals(BigInteger.ZERO, event.window);
        assertArrayEquals(post.root(), event.manifestRoot);
        assertEquals(BigInteger.valueOf(3), event.outputs);
        assertEquals(BigInteger.TWO, event.assurance);
        assertArrayEquals(message, event.statement);

        WindowRegistry.WindowResult result = chain.result(0);
        assertEquals(BigInteger.valueOf(3), result.outputs);
        assertEquals(BigInteger.TWO, result.assurance);
        assertArrayEquals(Arrays.copyOfRange(message, 22, 32), Numeric.toBytesPadded(result.statementTag, 10));
        assertEquals(1, chain.next());
    }

    @Test
    void theContextIsTheOneThatProversUse() {
        byte[] root = TestJob.hash("root");
        BigInteger context = context(1, root);
        assertTrue(context.bitLength() <= 253);
        assertNotEquals(context, context(2, root));
    }

    @Test
    void nothingIsRecordedBeforeTheFirstPost() {
        assertEquals(BigInteger.ZERO, chain.result(0).assurance);
        assertEquals(0, chain.next());
    }

    // Replay and order

    @Test
    @DisplayName(
            "F3, F4, F7: the same statement again has no effect, whoever sends it, signed or proven in whatever form")
    void theSameStatementAgainHasNoEffect() {
        Post post = chain.job().post(0, 2);
        chain.send(post);
        BigInteger postedAt = chain.result(0).postedAt;
        chain.chain().pass(60);
        byte[] malleated = post.proof().clone();
        negate(malleated, 32);
        negate(malleated, 128);
        negate(malleated, 160);
        byte[] otherSignature = chain.job().group().sign(chain.job().message(post, TestJob.PROVEN), 1);
        for (Post again : List.of(post, post.withSignature(otherSignature), post.withProof(malleated))) {
            chain.assertNoEffect(again.call(chain.registry()));
            assertEquals(postedAt, chain.result(0).postedAt);
        }
    }

    @Test
    @DisplayName("F4: an old statement again has no effect after later windows")
    void anOldStatementAgainHasNoEffectAfterLaterWindows() {
        Post old = chain.job().post(0, 0);
        chain.send(old);
        chain.send(chain.job().post(1, 1));
        chain.assertNoEffect(old.call(chain.registry()));
        assertEquals(2, chain.next());
    }

    @Test
    @DisplayName("F4: another statement for a posted window is refused")
    void anotherStatementForAPostedWindowIsRefused() {
        TestJob job = chain.job();
        chain.send(job.post(0, 2));
        chain.assertRefused("WindowAlreadyPosted(uint64)", job.post(0, 3));
        chain.assertRefused("WindowAlreadyPosted(uint64)", job.post(0, TestJob.hash("other root"), TestJob.word(2)));
        chain.assertRefused("WindowAlreadyPosted(uint64)", job.post(0, 2));
    }

    @Test
    @DisplayName("F4: windows come one after another, none is left out")
    void windowsComeOneAfterAnother() {
        chain.assertRefused(OUT_OF_ORDER, chain.job().post(1, 2));
        chain.send(chain.job().post(0, 2));
        chain.assertRefused(OUT_OF_ORDER, chain.job().post(2, 2));
        chain.assertRefused(OUT_OF_ORDER, chain.job().post(9, 2));
        chain.send(chain.job().post(1, 2));
    }

    // Statements of something else

    @Test
    @DisplayName("E5: a result for another window, root or word is refused though signed anew")
    void aResultForAnotherWindowRootOrWordIsRefusedThoughSignedAnew() {
        TestJob job = chain.job();
        Post post = job.post(1, 2);
        chain.assertRefused("ProofInvalid()", job.sign(with(post, 0, post.root(), post.words())));
        Post here = job.post(0, 2);
        chain.assertRefused("ProofInvalid()", job.sign(with(here, 0, TestJob.hash("x"), here.words())));
        for (BigInteger word : List.of(TestJob.word(1), TestJob.word(2).flipBit(40))) {
            chain.assertRefused("ProofInvalid()", job.sign(with(here, 0, here.root(), List.of(word))));
        }
    }

    @Test
    @DisplayName("E5: a result for another window, root or word is refused with its old signature")
    void aResultForAnotherWindowRootOrWordIsRefusedWithItsOldSignatures() {
        Post next = chain.job().post(1, 2);
        chain.assertRefused(NOT_SIGNED, with(next, 0, next.root(), next.words()));
        Post post = chain.job().post(0, 2);
        chain.assertRefused(NOT_SIGNED, with(post, 0, TestJob.hash("x"), post.words()));
        chain.assertRefused(NOT_SIGNED, with(post, 0, post.root(), List.of(TestJob.word(1))));
    }

    @Test
    @DisplayName("E5, F6, G5, G6: a result for another chain or registry is refused, its signature and its proof")
    void aResultForAnotherChainOrRegistryIsRefused() {
        String elsewhere = chain.chain().deployRegistry().getContractAddress();
        TestJob job = chain.job();
        for (Post foreign : List.of(
                job.postFor(1, chain.address(), 0, 1), job.postFor(chain.chain().chainId(), elsewhere, 0, 1))) {
            chain.assertRefused(NOT_SIGNED, foreign);
            chain.assertRefused("ProofInvalid()", job.sign(foreign));
        }
    }

    @Test
    @DisplayName("E5: a result for another job is refused")
    void aResultForAnotherJobIsRefused() {
        TestJob other = chain.newJob();
        other.register(other.terms(chain.verifier()).build());
        Post post = chain.job().post(0, 1);
        Post moved = new Post(other.jobId(), 0, post.root(), post.words(), post.proof(), post.signature());
        chain.assertRefused(NOT_SIGNED, moved);
        chain.assertRefused("ProofInvalid()", other.sign(moved));
    }

    @Test
    @DisplayName("E23: a valid proof whose commitment is not the signed one is refused")
    void aProofWhoseCommitmentWasNotSignedIsRefused() {
        Post post = chain.job().post(0, 1);
        chain.assertRefused(NOT_SIGNED, post.withProof(chain.job().post(0, 1).proof()));
    }

    @Test
    @DisplayName(
            "C20, G6: a signature over an attested result does not serve for a proven one, nor does one over a skip")
    void aSignatureOverAnotherKindOfStatementDoesNotServe() {
        TestJob job = chain.job();
        Post post = job.post(0, 1);
        for (byte[] message : List.of(
                job.message(post, TestJob.ATTESTED), job.skipMessage(0, 0, 1), job.rotationMessage(1, job.group()))) {
            chain.assertRefused(NOT_SIGNED, post.withSignature(job.group().sign(message)));
        }
    }

    @Test
    @DisplayName("E5: a signature over the result of another rule is refused")
    void aSignatureOverTheResultOfAnotherRuleIsRefused() {
        Post post = chain.job().post(0, 1);
        byte[] message = chain.job().messageUnderRule(post, TestJob.hash("other rule"), TestJob.PROVEN);
        chain.assertRefused(NOT_SIGNED, post.withSignature(chain.job().group().sign(message)));
    }

    @Test
    @DisplayName("G5: a signature of another key is refused")
    void aSignatureOfAnotherKeyIsRefused() {
        TestJob stranger = chain.job().signedBy(WholeGroupKey.of(4711));
        chain.assertRefused(NOT_SIGNED, stranger.post(0, 1));
    }

    @Test
    void anUnknownJobIsRefused() {
        Post post = chain.job().withId(TestJob.hash("nobody")).post(0, 1);
        chain.assertRefused("JobUnknown(bytes32)", post);
    }

    // Ranges and shapes

    @Test
    @DisplayName("F1: a word with a bit above its parts is refused though signed and proven")
    void aWordWithABitAboveItsPartsIsRefused() {
        BigInteger word = TestJob.word(1).setBit(TestJob.WORD_BITS);
        chain.assertRefused(
                "WordOutOfRange(uint256,uint256,uint256)", chain.job().post(0, TestJob.hash("root"), word));
        BigInteger largest = BigInteger.ONE.shiftLeft(TestJob.WORD_BITS).subtract(BigInteger.ONE);
        chain.send(chain.job().post(0, TestJob.hash("root"), largest));
    }

    @Test
    void moreOrFewerWordsAreRefused() {
        TestJob job = chain.job();
        Post post = job.post(0, 1);
        String error = "WordCountInvalid(uint256,uint256)";
        chain.assertRefused(error, job.sign(with(post, 0, post.root(), List.of())));
        chain.assertRefused(error, job.sign(with(post, 0, post.root(), List.of(TestJob.word(1), BigInteger.ZERO))));
    }

    @ParameterizedTest(name = "F2: {0} bytes")
    @ValueSource(ints = {0, 256, 383, 385})
    void aProofOfAnotherLengthIsRefused(int length) {
        Post post = chain.job().post(0, 1);
        chain.assertRefused("ProofLengthInvalid(uint256,uint256)", post.withProof(Arrays.copyOf(post.proof(), length)));
    }

    @ParameterizedTest(name = "F8: {0} bytes")
    @ValueSource(ints = {0, 32, 51, 53, 65, 84})
    void aSignatureOfAnotherLengthIsRefused(int length) {
        Post post = chain.job().post(0, 1);
        chain.assertRefused(NOT_SIGNED, post.withSignature(Arrays.copyOf(post.signature(), length)));
    }

    @Test
    @DisplayName("F9: dirty bits in the window number are refused")
    void dirtyBitsInTheWindowNumberAreRefused() {
        String call = chain.job().post(0, 1).call(chain.registry());
        int window = 2 + 8 + 64;
        String dirty = call.substring(0, window) + "01" + call.substring(window + 2);
        String revert = chain.chain().revertOf(chain.address(), dirty);
        assertTrue(revert.equals("0x") || revert.startsWith("no data"), revert);
    }

    @Test
    @DisplayName("F9: bytes behind the call change nothing")
    void bytesBehindTheCallChangeNothing() {
        chain.assertTaken(chain.job().post(0, 1).call(chain.registry()) + "00".repeat(64));
    }

    @Test
    @DisplayName("F9: a proof that stands in the signature's place too is read as what it is")
    void aProofThatStandsInTheSignaturesPlaceTooIsRefused() {
        String call = chain.job().post(0, 1).call(chain.registry());
        int head = 2 + 8;
        String proofOffset = call.substring(head + 4 * 64, head + 5 * 64);
        String overlapping = call.substring(0, head + 5 * 64) + proofOffset + call.substring(head + 6 * 64);
        chain.assertRefused(NOT_SIGNED, overlapping);
    }

    @Test
    @DisplayName("F19: ether is never taken")
    void etherIsNeverTaken() {
        TestJob job = chain.job();
        for (String call : List.of(
                job.post(0, 1).call(chain.registry()), job.skip(0, 1, 1), job.rotation(1, WholeGroupKey.of(5)), "0x")) {
            assertFalse(chain.chain().takesEther(chain.address(), call));
        }
        assertFalse(chain.chain().takesEther(chain.verifier().getContractAddress(), "0x"));
    }

    // Gas

    @Test
    @DisplayName("F11: a post that ran out of gas can be sent again and counts once")
    void aPostThatRanOutOfGasCanBeSentAgainAndCountsOnce() {
        Post post = chain.job().post(0, 1);
        TransactionReceipt starved = chain.chain().send(0, chain.address(), post.call(chain.registry()), 200_000);
        assertEquals("0x0", starved.getStatus());
        assertEquals(BigInteger.ZERO, chain.result(0).assurance);
        assertEquals(1, TestChain.count(chain.send(post), WindowRegistry.WINDOWPOSTED_EVENT));
    }

    private static BigInteger context(long window, byte[] root) {
        return TestChain.done(chain.registry().contextOf(chain.job().jobId(), BigInteger.valueOf(window), root));
    }

    private static Post with(Post post, long window, byte[] root, List<BigInteger> words) {
        return new Post(post.jobId(), window, root, words, post.proof(), post.signature());
    }

    private static void negate(byte[] proof, int offset) {
        BigInteger y = new BigInteger(1, Arrays.copyOfRange(proof, offset, offset + 32));
        System.arraycopy(Bn254.words(Bn254.P.subtract(y)), 0, proof, offset, 32);
    }
}
