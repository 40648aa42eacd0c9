package io.veilflow.contracts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.veilflow.contracts.testing.RegistryChain;
import io.veilflow.contracts.testing.TermsBuilder;
import io.veilflow.contracts.testing.TestChain;
import io.veilflow.contracts.testing.TestJob;
import io.veilflow.contracts.testing.TestJob.Post;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Verifier, rule and policy change at a window number; the old ones serve the windows before it. */
class TermsChangeITCase {
    private static final byte[] OTHER_RULE = TestJob.hash("other rule");
    private static final String EARLY = "ChangeTooEarly(uint64,uint64)";
    private static final String NOT_SIGNED = "GroupSignatureInvalid(uint64,bytes32)";

    @RegisterExtension
    static final RegistryChain chain = new RegistryChain(terms -> terms.proofDeadline(1));

    @Test
    @DisplayName("F5: a window is judged by the terms of its number, before the change and after it, late proofs too")
    void aWindowIsJudgedByTheTermsOfItsNumber() {
        TestJob job = chain.job();
        Post late = job.post(0, 2);
        chain.send(job.attested(late));
        chain.send(change(2, chain.terms().rule(OTHER_RULE)));
        chain.assertRefused(NOT_SIGNED, underOtherRule(job.post(1, 1)));
        chain.send(job.post(1, 1));
        chain.assertRefused(NOT_SIGNED, job.post(2, 1));
        chain.send(underOtherRule(job.post(2, 1)));
        chain.send(late);
        assertEquals(BigInteger.TWO, chain.result(0).assurance);
        assertRule(job.ruleHash(), 0, 1);
        assertRule(OTHER_RULE, 2, 1000);
    }

    @Test
    @DisplayName("F5: what is read of a window stays where it stood when it was recorded")
    void outputsStayWhereTheyStood() {
        TestJob job = chain.job();
        chain.send(job.post(0, TestJob.hash("root"), BigInteger.valueOf(0b1011)));
        chain.send(change(2, chain.terms().outputs(1, 129, List.of(TestJob.WORD_BITS))));
        chain.send(job.post(1, TestJob.hash("root"), BigInteger.valueOf(0b1011)));
        BigInteger wide = BigInteger.ONE.shiftLeft(128).add(BigInteger.valueOf(0b1011));
        chain.send(job.post(2, TestJob.hash("root"), wide));
        assertEquals(List.of(BigInteger.valueOf(0b11)), outputs(0));
        assertEquals(List.of(BigInteger.valueOf(0b11)), outputs(1));
        assertEquals(List.of(wide), outputs(2));
    }

    @Test
    @DisplayName("F5: neither a recorded window nor the next one changes its terms")
    void theNextWindowKeepsItsTerms() {
        chain.assertRefused(EARLY, change(0, chain.terms()));
        chain.send(chain.job().post(0, 1));
        chain.assertRefused(EARLY, change(0, chain.terms()));
        chain.assertRefused(EARLY, change(1, chain.terms()));
        chain.assertTaken(change(2, chain.terms()));
    }

    @Test
    void aLaterChangeDropsThosePlannedFromItsWindowOn() {
        chain.send(change(10, chain.terms().rule(TestJob.hash("10"))));
        chain.send(change(20, chain.terms().rule(TestJob.hash("20"))));
        chain.send(change(30, chain.terms().rule(TestJob.hash("30"))));
        chain.send(change(20, chain.terms().rule(OTHER_RULE)));
        assertRule(chain.job().ruleHash(), 0, 9);
        assertRule(TestJob.hash("10"), 10, 19);
        assertRule(OTHER_RULE, 20, 30);
        chain.send(change(1, chain.terms().rule(TestJob.hash("1"))));
        assertRule(chain.job().ruleHash(), 0, 0);
        assertRule(TestJob.hash("1"), 1, 30);
    }

    @Test
    void changedTermsAreCheckedLikeNewOnes() {
        chain.assertRefused("WindowLengthInvalid()", change(1, chain.terms().windows(0, 0)));
        chain.assertRefused(
                "KeyDigestMismatch(bytes32,bytes32)",
                change(1, chain.terms().verifier(chain.verifier().getContractAddress(), TestJob.hash("other key"))));
        String unknown = chain.registry()
                .changeTerms(
                        TestJob.hash("nobody"), BigInteger.ONE, chain.terms().build())
                .encodeFunctionCall();
        chain.assertRefused("JobUnknown(bytes32)", unknown);
    }

    private static String change(long fromWindow, TermsBuilder terms) {
        return chain.registry()
                .changeTerms(chain.job().jobId(), BigInteger.valueOf(fromWindow), terms.build())
                .encodeFunctionCall();
    }

    private static Post underOtherRule(Post post) {
        TestJob job = chain.job();
        return post.withSignature(job.group().sign(job.messageUnderRule(post, OTHER_RULE, TestJob.PROVEN)));
    }

    private static void assertRule(byte[] rule, long first, long last) {
        for (long window : new long[] {first, last}) {
            assertArrayEquals(
                    rule,
                    TestChain.done(chain.registry().termsOf(chain.job().jobId(), BigInteger.valueOf(window))).ruleHash);
        }
    }

    private static List<?> outputs(long window) {
        return TestChain.done(chain.registry().outputsOf(chain.job().jobId(), BigInteger.valueOf(window)));
    }
}
