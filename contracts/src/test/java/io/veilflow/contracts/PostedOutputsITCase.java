package io.veilflow.contracts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.contracts.testing.Bn254;
import io.veilflow.contracts.testing.TestChain;
import io.veilflow.contracts.testing.TestJob;
import io.veilflow.contracts.testing.TestJob.Post;
import io.veilflow.contracts.testing.TrapdoorKey;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.tuples.generated.Tuple2;

/** What the registry keeps of results of every width, what a post costs, and D2 (THREATS E5, E14, E15, E23, F11). */
class PostedOutputsITCase {
    private static final int WORD_BITS = 253;
    private static final long SEED = 20261123;
    private static final long ONE_COMMITMENT_GAS_MAX = 350_000;
    private static final long TWO_COMMITMENTS_GAS_MAX = 400_000;

    private static TestChain chain;
    private static WindowRegistry registry;
    private static int names;

    @BeforeAll
    static void deploy() {
        chain = new TestChain();
        registry = chain.deployRegistry();
    }

    @AfterAll
    static void stop() {
        chain.close();
    }

    @ParameterizedTest(name = "{0} output words, {1} bits in the last, {2} words")
    @CsvSource({"1, 1, 1", "1, 128, 1", "1, 129, 1", "1, 253, 1", "2, 1, 2", "2, 100, 3", "8, 253, 8", "8, 7, 9"})
    void theOutputsAreKeptAndNothingElse(int outputWords, int outputBits, int words) {
        TestJob job = register(1, outputWords, outputBits, words);
        Random random = new Random(SEED);
        List<BigInteger> posted = new ArrayList<>();
        for (int i = 0; i < words; i++) {
            posted.add(new BigInteger(WORD_BITS, random).setBit(WORD_BITS - 1).setBit(0));
        }
        List<BigInteger> outputs = new ArrayList<>(posted.subList(0, outputWords));
        outputs.set(outputWords - 1, outputs.get(outputWords - 1).and(mask(outputBits)));
        assertEquals(List.of(), outputsOf(job, 0));

        TransactionReceipt receipt = send(job.post(0, TestJob.hash("root"), posted));

        assertEquals(outputs, outputsOf(job, 0));
        BigInteger lowest = outputs.get(0).and(mask(128));
        assertEquals(lowest, WindowRegistry.getWindowPostedEvents(receipt).get(0).outputs);
        assertEquals(lowest, TestChain.done(registry.resultOf(job.jobId(), BigInteger.ZERO)).outputs);
        for (int index = 0; index <= 8; index++) {
            Tuple2<WindowRegistry.WindowResult, BigInteger> read = wordOf(job, 0, index);
            assertEquals(BigInteger.TWO, read.component1().assurance);
            assertEquals(lowest, read.component1().outputs);
            assertEquals(index < outputWords ? outputs.get(index) : BigInteger.ZERO, read.component2());
        }
        assertEquals(List.of(), outputsOf(job, 1));
        assertEquals(BigInteger.ZERO, wordOf(job, 1, 0).component1().assurance);
        assertEquals(BigInteger.ZERO, wordOf(job, 1, 0).component2());
    }

    @Test
    @DisplayName(
            "E14: the signed message is the one that parties compute, for 0, 1 and many words, also near the order")
    void theMessageIsTheOneThatPartiesSign() {
        TestJob job = register(1, 1, 2, 1);
        BigInteger nearOrder = Bn254.R.subtract(BigInteger.ONE);
        List<List<BigInteger>> lists = List.of(
                List.of(),
                List.of(BigInteger.ZERO),
                List.of(BigInteger.ZERO, BigInteger.ZERO),
                List.of(BigInteger.ONE),
                List.of(nearOrder),
                Collections.nCopies(20, nearOrder));
        List<String> seen = new ArrayList<>();
        for (List<BigInteger> words : lists) {
            Post post = new Post(job.jobId(), 9, TestJob.hash("root"), words, new byte[384], new byte[0]);
            for (int assurance = 1; assurance <= 2; assurance++) {
                byte[] message = TestChain.done(registry.messageOf(
                        job.jobId(),
                        BigInteger.valueOf(9),
                        post.root(),
                        BigInteger.ZERO,
                        BigInteger.ZERO,
                        words,
                        BigInteger.valueOf(assurance)));
                assertArrayEquals(job.message(post, assurance), message);
                seen.add(Arrays.toString(message));
            }
        }
        assertEquals(seen.size(), seen.stream().distinct().count());
    }

    @Test
    @DisplayName("E15, E23: with two commitments the first one is signed, and neither can be another's")
    void neitherCommitmentCanBeReplaced() {
        TestJob job = register(2, 1, 2, 1);
        Post post = job.post(0, 1);
        Post other = job.post(0, 1);
        assertRefused("GroupSignatureInvalid(uint64,bytes32)", post.withProof(mixed(post.proof(), other.proof(), 256)));
        assertRefused("ProofInvalid()", job.sign(post.withProof(mixed(post.proof(), other.proof(), 256))));
        assertRefused("ProofInvalid()", post.withProof(mixed(post.proof(), other.proof(), 320)));
        assertRefused("ProofInvalid()", post.withProof(mixed(post.proof(), other.proof(), 384)));
        send(post);
    }

    @Test
    @DisplayName("E15: a proof with one commitment is none for a key with two, nor the other way round")
    void anotherNumberOfCommitmentsIsRefused() {
        TestJob one = register(1, 1, 2, 1);
        TestJob two = register(2, 1, 2, 1);
        String error = "ProofLengthInvalid(uint256,uint256)";
        Post short1 = one.post(0, 1);
        Post long2 = two.post(0, 1);
        assertRefused(error, two.sign(long2.withProof(Arrays.copyOf(long2.proof(), 384))));
        byte[] longer = Arrays.copyOf(short1.proof(), 448);
        System.arraycopy(short1.proof(), 320, longer, 384, 64);
        assertRefused(error, one.sign(short1.withProof(longer)));
    }

    @ParameterizedTest(name = "F11: {0} commitments")
    @CsvSource({"1, " + ONE_COMMITMENT_GAS_MAX, "2, " + TWO_COMMITMENTS_GAS_MAX})
    void aPostStaysBelowItsGasTarget(int commitments, long most) {
        TestJob job = register(commitments, 1, 2, 1);
        long first = gas(job.post(0, 1));
        Post post = job.post(1, 3);
        long next = gas(post);
        long again = gas(post);
        System.out.printf(
                "postWindow, %d commitments: first %d, next %d, repetition %d gas%n", commitments, first, next, again);
        assertTrue(first <= most && next <= most && again < next, () -> first + " and " + next + " gas");
    }

    @ParameterizedTest(name = "F11: {0} output words with {1} bits in the last, {2} words")
    @CsvSource({"1, 128, 1", "1, 253, 1", "2, 253, 2", "3, 253, 3", "4, 253, 4", "8, 253, 8"})
    void whatWiderResultsCost(int outputWords, int outputBits, int words) {
        for (int commitments = 1; commitments <= 2; commitments++) {
            TestJob job = register(commitments, outputWords, outputBits, words);
            List<BigInteger> full = Collections.nCopies(words, mask(WORD_BITS));
            send(job.post(0, TestJob.hash("root"), full));
            long gas = gas(job.post(1, TestJob.hash("root"), full));
            System.out.printf(
                    "postWindow, %d commitments, %d output words (%d bits in the last) of %d words: %d gas%n",
                    commitments, outputWords, outputBits, words, gas);
            // Base, a word's multiplication and a slot for each word beyond the result's own.
            long bound = (commitments == 1 ? ONE_COMMITMENT_GAS_MAX : TWO_COMMITMENTS_GAS_MAX)
                    + 31_000L * (outputWords == 1 && outputBits <= 128 ? 0 : outputWords);
            assertTrue(gas <= bound, () -> gas + " gas, more than " + bound);
        }
    }

    private static TestJob register(int commitments, int outputWords, int outputBits, int words) {
        TrapdoorKey key = new TrapdoorKey(commitments, 2 + words, commitments);
        Groth16Verifier verifier = TestChain.done(Groth16Verifier.deploy(
                chain.web3(), chain.sender(0), chain.gas(), key.verifyingKey(), List.of(TestJob.PARAMETER)));
        TestJob job = TestJob.of(registry, chain.chainId(), key, "job " + names++);
        job.register(job.terms(verifier)
                .outputs(outputWords, outputBits, Collections.nCopies(words, WORD_BITS))
                .build());
        return job;
    }

    private static BigInteger mask(int bits) {
        return BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
    }

    /** The first proof with 64 bytes of the second. */
    private static byte[] mixed(byte[] proof, byte[] other, int offset) {
        byte[] mixed = proof.clone();
        System.arraycopy(other, offset, mixed, offset, 64);
        return mixed;
    }

    @SuppressWarnings("unchecked") // as web3j declares it
    private static List<BigInteger> outputsOf(TestJob job, long window) {
        return TestChain.done(registry.outputsOf(job.jobId(), BigInteger.valueOf(window)));
    }

    private static Tuple2<WindowRegistry.WindowResult, BigInteger> wordOf(TestJob job, long window, int index) {
        return TestChain.done(
                registry.outputWordOf(job.jobId(), BigInteger.valueOf(window), BigInteger.valueOf(index)));
    }

    private static void assertRefused(String error, Post post) {
        String revert = chain.revertOf(registry.getContractAddress(), post.call(registry));
        assertEquals(TestChain.error(error), revert.substring(0, Math.min(10, revert.length())), error + ": " + revert);
    }

    private static TransactionReceipt send(Post post) {
        TransactionReceipt receipt = chain.send(0, registry.getContractAddress(), post.call(registry));
        assertEquals("0x1", receipt.getStatus());
        return receipt;
    }

    private static long gas(Post post) {
        return send(post).getGasUsed().longValueExact();
    }
}
