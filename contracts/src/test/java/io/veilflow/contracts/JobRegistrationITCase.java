package io.veilflow.contracts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.veilflow.contracts.testing.Bn254;
import io.veilflow.contracts.testing.TestChain;
import io.veilflow.contracts.testing.TestJob;
import io.veilflow.contracts.testing.TestJob.Post;
import io.veilflow.contracts.testing.TrapdoorKey;
import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What a registry takes as a job, and that a result serves under the terms of its own job only (THREATS E5, F5, F10). */
class JobRegistrationITCase {
    private static final TrapdoorKey KEY = new TrapdoorKey(3, 3);

    private static TestChain chain;
    private static Groth16Verifier verifier;
    private static WindowRegistry registry;

    private TestJob job;

    @BeforeAll
    static void deploy() {
        chain = new TestChain();
        verifier = fixed(List.of());
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

    // Other policies

    @Test
    @DisplayName("E5: a result under other parameter words, parties, rule or key is refused")
    void aResultUnderAnotherPolicyIsRefused() {
        Post post = job.post(3, 1);
        WindowRegistry.JobTerms terms = job.terms(verifier);
        List<BigInteger> otherParameters = List.of(terms.parameterWords.get(0).add(BigInteger.ONE));
        List<String> otherParties = terms.parties.stream()
                .map(address -> address.substring(0, address.length() - 1) + "0")
                .toList();
        Groth16Verifier otherVerifier = TestChain.done(Groth16Verifier.deploy(
                chain.web3(), chain.sender(0), chain.gas(), new TrapdoorKey(4, 3).verifyingKey(), List.of()));
        assertRefusedElsewhere(
                "ProofInvalid()", post, terms(terms, terms.parties, 1, 2, terms.wordBits, otherParameters));
        assertRefusedElsewhere(
                "SignatureInvalid(uint256,address)",
                post,
                terms(terms, otherParties, 1, 2, terms.wordBits, terms.parameterWords));
        assertRefusedElsewhere("SignatureInvalid(uint256,address)", post, withRule(terms, TestJob.hash("other rule")));
        assertRefusedElsewhere(
                "ProofInvalid()",
                post,
                terms(terms, otherVerifier.getContractAddress(), TestChain.done(otherVerifier.keyDigest())));
    }

    /** Registers the job's id with other terms at an own registry and signs the post for there, proof and all. */
    private void assertRefusedElsewhere(String error, Post post, WindowRegistry.JobTerms terms) {
        WindowRegistry elsewhere = chain.deployRegistry();
        TestChain.done(elsewhere.registerJob(job.jobId(), terms));
        TestJob same = TestJob.of(elsewhere, chain.chainId(), KEY, "unused").withId(job.jobId());
        assertRevertAt(elsewhere, error, same.post(3, 1).call(elsewhere));
        assertRevertAt(elsewhere, "SignatureInvalid(uint256,address)", post.call(elsewhere));
    }

    // Registration

    @Test
    void ownershipMovesInTwoStepsAndTheOldOwnerHasNoRole() {
        WindowRegistry moving = chain.deployRegistry();
        String heir = chain.account(4).getAddress();
        String call =
                moving.registerJob(TestJob.hash("moved"), job.terms(verifier)).encodeFunctionCall();
        TestChain.done(moving.transferOwnership(heir));
        assertEquals("0x0", chain.send(4, moving.getContractAddress(), call).getStatus());
        chain.send(4, moving.getContractAddress(), moving.acceptOwnership().encodeFunctionCall());
        assertEquals("0x0", chain.send(0, moving.getContractAddress(), call).getStatus());
        assertEquals("0x1", chain.send(4, moving.getContractAddress(), call).getStatus());
    }

    @Test
    void theTermsAreKeptWordForWord() {
        WindowRegistry.JobTerms given = job.terms(verifier);
        var kept = TestChain.done(registry.termsOf(job.jobId()));
        assertEquals(given.verifier, kept.component1());
        assertArrayEquals(given.keyDigest, kept.component2());
        assertArrayEquals(given.ruleHash, kept.component3());
        assertArrayEquals(given.basisDigest, kept.component4());
        assertEquals(given.parties, kept.component5());
        assertEquals(given.outputWords, kept.component6());
        assertEquals(given.outputBits, kept.component7());
        assertEquals(given.wordBits, kept.component8());
        assertEquals(given.parameterWords, kept.component9());
    }

    @Test
    void onlyTheOwnerRegisters() {
        WindowRegistry stranger =
                WindowRegistry.load(registry.getContractAddress(), chain.web3(), chain.sender(4), chain.gas());
        String call =
                stranger.registerJob(TestJob.hash("mine"), job.terms(verifier)).encodeFunctionCall();
        assertEquals("0x0", chain.send(4, registry.getContractAddress(), call).getStatus());
    }

    @Test
    void aJobIsRegisteredOnce() {
        assertRegistrationRefused("JobAlreadyRegistered(bytes32)", job.jobId(), job.terms(verifier));
    }

    @Test
    void aVerifierWithoutCodeIsRefused() {
        WindowRegistry.JobTerms terms = job.terms(verifier);
        assertRegistrationRefused(
                "VerifierWithoutCode(address)", terms(terms, job.addresses().get(0), terms.keyDigest));
    }

    @Test
    void anotherKeyThanTheNamedOneIsRefused() {
        assertRegistrationRefused(
                "KeyDigestMismatch(bytes32,bytes32)",
                terms(job.terms(verifier), verifier.getContractAddress(), TestJob.hash("other key")));
    }

    @Test
    void aWordMoreThanTheKeyHasPointsForIsRefused() {
        WindowRegistry.JobTerms terms = job.terms(verifier);
        List<BigInteger> parameters = List.of(BigInteger.ONE, BigInteger.TWO);
        assertRegistrationRefused(
                "PublicInputCountMismatch(uint256,uint256)",
                terms(terms, terms.parties, 1, 2, terms.wordBits, parameters));
    }

    @Test
    void aVerifierThatHasFixedOtherParametersIsRefused() {
        BigInteger parameter = TestJob.PARAMETER;
        assertRegistrationRefused("", job.terms(fixed(List.of(parameter))));
        assertRegistrationRefused(
                "FixedInputMismatch(uint256,uint256,uint256)",
                job.terms(fixed(List.of(parameter.add(BigInteger.ONE)))));
        assertRegistrationRefused(
                "FixedInputCountInvalid(uint256,uint256)", job.terms(fixed(List.of(BigInteger.ZERO, parameter))));
    }

    private static Groth16Verifier fixed(List<BigInteger> values) {
        return TestChain.done(
                Groth16Verifier.deploy(chain.web3(), chain.sender(0), chain.gas(), KEY.verifyingKey(), values));
    }

    @Test
    void zeroAndRepeatedPartiesAreRefused() {
        WindowRegistry.JobTerms terms = job.terms(verifier);
        String zero = "0x" + "0".repeat(40);
        String a = terms.parties.get(0);
        String b = terms.parties.get(1);
        for (List<String> parties :
                List.of(List.of(zero, a, b), List.of(a, b, zero), List.of(a, b, a), List.of(a, a, b))) {
            assertRegistrationRefused(
                    "PartyInvalid(uint256,address)", terms(terms, parties, 1, 2, terms.wordBits, terms.parameterWords));
        }
    }

    @Test
    void shapesThatCannotBeAreRefused() {
        WindowRegistry.JobTerms terms = job.terms(verifier);
        List<BigInteger> one = List.of(BigInteger.ONE);
        List<BigInteger> tooWide = List.of(BigInteger.valueOf(254));
        List<BigInteger> wide = List.of(BigInteger.valueOf(253));
        assertRegistrationRefused("WordBitsInvalid(uint256,uint256)", terms(terms, terms.parties, 1, 2, tooWide, one));
        assertRegistrationRefused(
                "WordBitsInvalid(uint256,uint256)", terms(terms, terms.parties, 1, 2, List.of(BigInteger.ZERO), one));
        String bits = "OutputBitsInvalid(uint256,uint256)";
        assertRegistrationRefused(bits, terms(terms, terms.parties, 1, 0, wide, one));
        assertRegistrationRefused(bits, terms(terms, terms.parties, 1, 254, wide, one));
        assertRegistrationRefused(bits, terms(terms, terms.parties, 1, 2, one, one));
        assertRegistrationRefused(
                bits, terms(terms, terms.parties, 2, 2, List.of(BigInteger.TEN, BigInteger.ONE), List.of()));
        String words = "OutputWordsInvalid(uint256,uint256)";
        assertRegistrationRefused(words, terms(terms, terms.parties, 0, 2, wide, one));
        assertRegistrationRefused(words, terms(terms, terms.parties, 2, 2, wide, one));
        assertRegistrationRefused(words, terms(terms, terms.parties, 1, 2, List.of(), one));
        assertRegistrationRefused(
                words, terms(terms, terms.parties, 9, 2, Collections.nCopies(9, BigInteger.TEN), one));
        assertRegistrationRefused(
                "ParameterNotInField(uint256,uint256)", terms(terms, terms.parties, 1, 2, wide, List.of(Bn254.R)));
    }

    private static void assertRevert(String error, String call) {
        assertRevertAt(registry, error, call);
    }

    private static void assertRevertAt(WindowRegistry registry, String error, String call) {
        String revert = chain.revertOf(registry.getContractAddress(), call);
        String expected = error.isEmpty() ? "" : TestChain.error(error);
        assertEquals(expected, revert.substring(0, Math.min(10, revert.length())), error + ": " + revert);
    }

    /** @param error empty if the registration is taken */
    private void assertRegistrationRefused(String error, WindowRegistry.JobTerms terms) {
        assertRegistrationRefused(error, TestJob.hash("fresh"), terms);
    }

    private void assertRegistrationRefused(String error, byte[] jobId, WindowRegistry.JobTerms terms) {
        assertRevert(error, registry.registerJob(jobId, terms).encodeFunctionCall());
    }

    private static WindowRegistry.JobTerms withRule(WindowRegistry.JobTerms terms, byte[] ruleHash) {
        return new WindowRegistry.JobTerms(
                terms.verifier,
                terms.keyDigest,
                ruleHash,
                terms.basisDigest,
                terms.parties,
                terms.outputWords,
                terms.outputBits,
                terms.wordBits,
                terms.parameterWords);
    }

    private static WindowRegistry.JobTerms terms(WindowRegistry.JobTerms terms, String verifier, byte[] keyDigest) {
        return new WindowRegistry.JobTerms(
                verifier,
                keyDigest,
                terms.ruleHash,
                terms.basisDigest,
                terms.parties,
                terms.outputWords,
                terms.outputBits,
                terms.wordBits,
                terms.parameterWords);
    }

    private static WindowRegistry.JobTerms terms(
            WindowRegistry.JobTerms terms,
            List<String> parties,
            int outputWords,
            int outputBits,
            List<BigInteger> wordBits,
            List<BigInteger> parameterWords) {
        return new WindowRegistry.JobTerms(
                terms.verifier,
                terms.keyDigest,
                terms.ruleHash,
                terms.basisDigest,
                parties,
                BigInteger.valueOf(outputWords),
                BigInteger.valueOf(outputBits),
                wordBits,
                parameterWords);
    }
}
