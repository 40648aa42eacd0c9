package io.veilflow.contracts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.contracts.testing.RegistryChain;
import io.veilflow.contracts.testing.TermsBuilder;
import io.veilflow.contracts.testing.TestJob;
import io.veilflow.contracts.testing.TestJob.Post;
import io.veilflow.contracts.testing.WholeGroupKey;
import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/** Results without a proof: only after the deadline, never taken for proven ones, and proven once if a proof comes after all. */
class AttestedResultsITCase {
    private static final long DEADLINE_MILLIS = 90_000;
    private static final long ATTESTED_GAS_MAX = 120_000;
    private static final long LATE_PROOF_GAS_MAX = 350_000;
    private static final String TAKEN = "WindowAlreadyPosted(uint64)";
    private static final String EARLY = "AttestedTooEarly(uint256)";
    private static final String NOT_SIGNED = "GroupSignatureInvalid(uint64,bytes32)";

    @RegisterExtension
    static final RegistryChain chain = new RegistryChain(terms -> terms.proofDeadline(DEADLINE_MILLIS));

    @Test
    @DisplayName("C20: an attested result is recorded as attested, with its outputs")
    void anAttestedResultIsRecordedAsSuch() {
        Post post = chain.job().post(0, 3);
        TransactionReceipt receipt = chain.send(3, chain.job().attested(post));
        var event = WindowRegistry.getWindowPostedEvents(receipt).get(0);
        assertEquals(BigInteger.ONE, event.assurance);
        assertEquals(BigInteger.valueOf(3), event.outputs);
        assertArrayEquals(chain.job().message(post, TestJob.ATTESTED), event.statement);
        assertEquals(BigInteger.ONE, chain.result(0).assurance);
        assertEquals(BigInteger.valueOf(3), chain.result(0).outputs);
        assertEquals(1, chain.next());
    }

    @Test
    @DisplayName(
            "C20: no result without a proof before the window's end and the deadline, and never if the job has none")
    void onlyAfterTheDeadline() {
        long now = chain.chain().time();
        TestJob job = chain.newJob();
        // Window 0 ends in 20 seconds, its deadline in 110.
        job.register(chain.terms()
                .windows(now * 1000 - 40_000, TermsBuilder.WINDOW_MILLIS)
                .build());
        String call = job.attested(job.post(0, 1));
        chain.assertRefused(EARLY, call);
        chain.chain().pass(100);
        chain.assertRefused(EARLY, call);
        chain.chain().pass(10);
        chain.assertTaken(call);
        TestJob provenOnly = chain.newJob();
        provenOnly.register(chain.terms().proofDeadline(0).build());
        chain.assertRefused(EARLY, provenOnly.attested(provenOnly.post(0, 1)));
    }

    @Test
    @DisplayName("F4: the same attested statement again has no effect; another is refused; windows stay in order")
    void repetitionAndOrder() {
        TestJob job = chain.job();
        Post post = job.post(0, 1);
        chain.assertRefused("WindowOutOfOrder(uint64,uint64)", job.attested(job.post(1, 1)));
        chain.send(job.attested(post));
        BigInteger postedAt = chain.result(0).postedAt;
        chain.chain().pass(60);
        byte[] other = job.group().sign(job.message(post, TestJob.ATTESTED), 1);
        chain.assertNoEffect(job.attested(post));
        chain.assertNoEffect(post.attestedCall(chain.registry(), other));
        assertEquals(postedAt, chain.result(0).postedAt);
        chain.assertRefused(TAKEN, job.attested(job.post(0, 1)));
        chain.assertRefused(TAKEN, job.attested(job.post(0, 2)));
        chain.send(job.attested(job.post(1, 1)));
    }

    @Test
    @DisplayName(
            "C20: a proof of the same result replaces it once, with a new time; then neither form changes anything")
    void aProofOfTheSameResultReplacesItOnce() {
        TestJob job = chain.job();
        Post post = job.post(0, 2);
        chain.send(job.attested(post));
        chain.send(job.attested(job.post(1, 1)));
        BigInteger attestedAt = chain.result(0).postedAt;
        chain.chain().pass(60);

        TransactionReceipt receipt = chain.send(post);

        var event = WindowRegistry.getWindowPostedEvents(receipt).get(0);
        assertEquals(BigInteger.TWO, event.assurance);
        assertEquals(BigInteger.TWO, event.outputs);
        WindowRegistry.WindowResult proven = chain.result(0);
        assertEquals(BigInteger.TWO, proven.assurance);
        assertEquals(BigInteger.TWO, proven.outputs);
        assertTrue(proven.postedAt.compareTo(attestedAt) >= 0);
        assertEquals(2, chain.next());
        chain.chain().pass(60);
        chain.assertNoEffect(post.call(chain.registry()));
        chain.assertNoEffect(job.attested(post));
        chain.assertRefused(TAKEN, job.attested(job.post(0, 2)));
        assertEquals(proven.postedAt, chain.result(0).postedAt);
    }

    @Test
    @DisplayName("F19, C20: no proof of another result, root or commitment replaces an attested one")
    void noOtherStatementReplacesIt() {
        TestJob job = chain.job();
        chain.send(job.attested(job.post(0, 2)));
        for (Post other :
                List.of(job.post(0, 2), job.post(0, 1), job.post(0, TestJob.hash("other root"), TestJob.word(2)))) {
            chain.assertRefused(TAKEN, other);
        }
        assertEquals(BigInteger.ONE, chain.result(0).assurance);
    }

    @Test
    @DisplayName(
            "C20, G6: neither signature serves for the other assurance, nor the attested one for a proof that comes late")
    void neitherSignatureServesForTheOther() {
        TestJob job = chain.job();
        Post post = job.post(0, 2);
        chain.assertRefused(NOT_SIGNED, post.attestedCall(chain.registry(), post.signature()));
        chain.send(job.attested(post));
        byte[] attested = job.group().sign(job.message(post, TestJob.ATTESTED));
        chain.assertRefused(NOT_SIGNED, post.withSignature(attested));
        Post stranger = job.signedBy(WholeGroupKey.of(9)).sign(post);
        chain.assertRefused(NOT_SIGNED, stranger);
    }

    @Test
    @DisplayName("C20: a late proof must be right")
    void aLateProofMustBeRight() {
        TestJob job = chain.job();
        Post post = job.post(0, 2);
        chain.send(job.attested(post));
        byte[] wrong = post.proof().clone();
        System.arraycopy(job.post(0, 2).proof(), 320, wrong, 320, 64);
        chain.assertRefused("ProofInvalid()", post.withProof(wrong));
    }

    @Test
    @DisplayName("F1: words out of range or number are refused without a proof too")
    void wordsAreCheckedWithoutAProofToo() {
        TestJob job = chain.job();
        Post post = job.post(0, 1);
        BigInteger wide = TestJob.word(1).setBit(TestJob.WORD_BITS);
        chain.assertRefused("WordOutOfRange(uint256,uint256,uint256)", job.attested(with(post, List.of(wide))));
        chain.assertRefused("WordCountInvalid(uint256,uint256)", job.attested(with(post, List.of())));
        chain.assertRefused(
                "WordCountInvalid(uint256,uint256)", job.attested(with(post, Collections.nCopies(2, TestJob.word(1)))));
    }

    @Test
    @DisplayName("F11: what an attested result and its late proof cost")
    void whatItCosts() {
        TestJob job = chain.job();
        Post first = job.post(0, 1);
        Post second = job.post(1, 1);
        long attestedFirst = chain.gas(job.attested(first));
        long attested = chain.gas(job.attested(second));
        long again = chain.gas(job.attested(second));
        long late = chain.gas(second.call(chain.registry()));
        System.out.printf(
                "postAttested: first %d, next %d, repetition %d gas; its late proof %d gas%n",
                attestedFirst, attested, again, late);
        assertTrue(attestedFirst <= ATTESTED_GAS_MAX && attested <= ATTESTED_GAS_MAX, () -> attested + " gas");
        assertTrue(late <= LATE_PROOF_GAS_MAX, () -> late + " gas");
    }

    private static Post with(Post post, List<BigInteger> words) {
        return new Post(post.jobId(), post.window(), post.root(), words, post.proof(), post.signature());
    }
}
