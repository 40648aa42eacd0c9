package io.veilflow.contracts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.veilflow.contracts.testing.Bn254;
import io.veilflow.contracts.testing.RegistryChain;
import io.veilflow.contracts.testing.TermsBuilder;
import io.veilflow.contracts.testing.TestChain;
import io.veilflow.contracts.testing.TestJob;
import io.veilflow.contracts.testing.TestJob.Post;
import io.veilflow.contracts.testing.TrapdoorKey;
import io.veilflow.contracts.testing.WholeGroupKey;
import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.utils.Numeric;

/** What a registry takes as a job, who may register, and that a result serves under the terms of its own job only. */
class JobRegistrationITCase {
    private static final String NOT_SIGNED = "GroupSignatureInvalid(uint64,bytes32)";

    @RegisterExtension
    static final RegistryChain chain = new RegistryChain();

    // Other policies

    @Test
    @DisplayName("E5: a result under other parameter words, group key, rule or key is refused")
    void aResultUnderAnotherPolicyIsRefused() {
        List<BigInteger> otherParameters = List.of(TestJob.PARAMETER.add(BigInteger.ONE));
        Groth16Verifier otherVerifier = chain.verifier(new TrapdoorKey(4, 3), List.of());
        byte[] otherKey = TestChain.done(otherVerifier.keyDigest());
        TestJob job = chain.job();
        assertRefusedElsewhere("ProofInvalid()", job, chain.terms().parameters(otherParameters));
        assertRefusedElsewhere(
                "ProofInvalid()", job, chain.terms().verifier(otherVerifier.getContractAddress(), otherKey));
        assertRefusedElsewhere(NOT_SIGNED, job, chain.terms().rule(TestJob.hash("other rule")));
        assertRefusedElsewhere(NOT_SIGNED, job.signedBy(WholeGroupKey.of(7)), chain.terms());
    }

    /** Registers the job's id with other terms or key at a registry of its own, and signs the post for there, proof and all. */
    private static void assertRefusedElsewhere(String error, TestJob registered, TermsBuilder terms) {
        WindowRegistry elsewhere = chain.chain().deployRegistry();
        TestChain.done(elsewhere.registerJob(registered.jobId(), registered.groupKey(), terms.build()));
        Post post = chain.job().at(elsewhere).post(0, 1);
        assertRevertAt(elsewhere, error, post.call(elsewhere));
        assertRevertAt(elsewhere, NOT_SIGNED, chain.job().post(0, 1).call(elsewhere));
    }

    // Who may

    @Test
    @DisplayName("F5: ownership moves in two steps and the old owner has no role")
    void ownershipMovesInTwoStepsAndTheOldOwnerHasNoRole() {
        WindowRegistry moving = chain.chain().deployRegistry();
        String heir = chain.chain().account(4).getAddress();
        String call = moving.registerJob(
                        TestJob.hash("moved"),
                        chain.job().groupKey(),
                        chain.terms().build())
                .encodeFunctionCall();
        TestChain.done(moving.transferOwnership(heir));
        assertEquals("0x0", sendAt(moving, 4, call).getStatus());
        sendAt(moving, 4, moving.acceptOwnership().encodeFunctionCall());
        assertEquals("0x0", sendAt(moving, 0, call).getStatus());
        assertEquals("0x1", sendAt(moving, 4, call).getStatus());
    }

    @Test
    @DisplayName(
            "F5: nobody but the owner registers, changes terms or pauses, directly or through a contract of the owner")
    void onlyTheOwnerAdministers() {
        WindowRegistry registry = chain.registry();
        CallRecorder proxy = TestChain.done(CallRecorder.deploy(
                chain.chain().web3(), chain.chain().sender(0), chain.chain().gas()));
        for (String call : List.of(
                registration(TestJob.hash("mine"), chain.terms()),
                registry.changeTerms(
                                chain.job().jobId(),
                                BigInteger.TWO,
                                chain.terms().build())
                        .encodeFunctionCall(),
                registry.pause().encodeFunctionCall(),
                registry.unpause().encodeFunctionCall(),
                registry.transferOwnership(chain.chain().account(4).getAddress())
                        .encodeFunctionCall())) {
            assertEquals("0x0", sendAt(registry, 4, call).getStatus());
            TestChain.done(proxy.callBack(chain.address(), Numeric.hexStringToByteArray(call)));
            String revert = chain.chain()
                    .revertOf(
                            proxy.getContractAddress(),
                            proxy.record(BigInteger.ZERO).encodeFunctionCall());
            assertEquals(TestChain.error("OwnableUnauthorizedAccount(address)"), revert.substring(0, 10));
        }
    }

    @Test
    @DisplayName("F5: while paused no window is posted or skipped and no key announced; afterwards they are")
    void aPausedRegistryTakesNothing() {
        TestJob job = chain.job();
        List<String> calls = List.of(
                job.post(0, 1).call(chain.registry()),
                job.attested(job.post(0, 1)),
                job.skip(0, 0, 1),
                job.rotation(2, WholeGroupKey.of(5)));
        chain.send(chain.registry().pause().encodeFunctionCall());
        calls.forEach(call -> chain.assertRefused("EnforcedPause()", call));
        chain.send(chain.registry().unpause().encodeFunctionCall());
        chain.send(job.post(0, 1));
    }

    // Registration

    @Test
    void theTermsAndTheKeyAreKeptWordForWord() {
        WindowRegistry.JobTerms given =
                chain.terms().windows(5, 7).proofDeadline(11).rotationDelay(13).build();
        TestJob job = chain.newJob();
        job.register(given);
        WindowRegistry.JobTerms kept = TestChain.done(chain.registry().termsOf(job.jobId(), BigInteger.valueOf(99)));
        assertEquals(given.verifier, kept.verifier);
        assertArrayEquals(given.keyDigest, kept.keyDigest);
        assertArrayEquals(given.ruleHash, kept.ruleHash);
        assertArrayEquals(given.basisDigest, kept.basisDigest);
        assertEquals(given.outputWords, kept.outputWords);
        assertEquals(given.outputBits, kept.outputBits);
        assertEquals(given.wordBits, kept.wordBits);
        assertEquals(given.parameterWords, kept.parameterWords);
        assertEquals(BigInteger.valueOf(5), kept.policy.startMillis);
        assertEquals(BigInteger.valueOf(7), kept.policy.windowMillis);
        assertEquals(BigInteger.valueOf(11), kept.policy.proofDeadlineMillis);
        assertEquals(BigInteger.valueOf(13), kept.policy.rotationDelaySeconds);
        assertEquals(List.of(), kept.priceChecks);
        var key = TestChain.done(chain.registry().groupKeyOf(job.jobId(), BigInteger.valueOf(99)));
        assertEquals(job.group().x(), key.component1());
        assertEquals(BigInteger.valueOf(job.group().parity()), key.component2());
        assertEquals(BigInteger.ZERO, key.component3());
    }

    @Test
    void aJobIsRegisteredOnce() {
        chain.assertRefused(
                "JobAlreadyRegistered(bytes32)", registration(chain.job().jobId(), chain.terms()));
    }

    @Test
    @DisplayName("F10: a verifier without code is refused")
    void aVerifierWithoutCodeIsRefused() {
        byte[] digest = chain.terms().build().keyDigest;
        assertRefused(
                "VerifierWithoutCode(address)",
                chain.terms().verifier(chain.chain().account(3).getAddress(), digest));
    }

    @Test
    @DisplayName("F18: a verifier with another key than the named one is refused")
    void anotherKeyThanTheNamedOneIsRefused() {
        assertRefused(
                "KeyDigestMismatch(bytes32,bytes32)",
                chain.terms().verifier(chain.verifier().getContractAddress(), TestJob.hash("other key")));
    }

    @Test
    void aWordMoreThanTheKeyHasPointsForIsRefused() {
        assertRefused(
                "PublicInputCountMismatch(uint256,uint256)",
                chain.terms().parameters(List.of(BigInteger.ONE, BigInteger.TWO)));
    }

    @Test
    void aVerifierThatHasFixedOtherParametersIsRefused() {
        BigInteger parameter = TestJob.PARAMETER;
        chain.assertTaken(registration(TestJob.hash("fresh"), fixed(List.of(parameter))));
        assertRefused("FixedInputMismatch(uint256,uint256,uint256)", fixed(List.of(parameter.add(BigInteger.ONE))));
        assertRefused("FixedInputCountInvalid(uint256,uint256)", fixed(List.of(BigInteger.ZERO, parameter)));
    }

    private static TermsBuilder fixed(List<BigInteger> values) {
        String verifier = chain.verifier(new TrapdoorKey(3, 3), values).getContractAddress();
        return chain.terms().verifier(verifier, chain.terms().build().keyDigest);
    }

    @Test
    @DisplayName("F8, G8: a group key that is no point, too large or of no parity is refused")
    void aGroupKeyThatIsNoneIsRefused() {
        BigInteger notOnCurve = BigInteger.valueOf(5);
        for (BigInteger x : List.of(
                BigInteger.ZERO,
                notOnCurve,
                WholeGroupKey.ORDER,
                BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE))) {
            assertKeyRefused(x, 0);
            assertKeyRefused(x, 1);
        }
        assertKeyRefused(chain.job().group().x(), 2);
        assertKeyRefused(chain.job().group().x(), 255);
    }

    private static void assertKeyRefused(BigInteger x, int parity) {
        WindowRegistry.GroupKey key = new WindowRegistry.GroupKey(x, BigInteger.valueOf(parity));
        chain.assertRefused(
                "GroupKeyInvalid(uint256,uint8)",
                chain.registry()
                        .registerJob(TestJob.hash("fresh"), key, chain.terms().build())
                        .encodeFunctionCall());
    }

    @Test
    void shapesThatCannotBeAreRefused() {
        String wordBits = "WordBitsInvalid(uint256,uint256)";
        assertRefused(wordBits, chain.terms().outputs(1, 2, List.of(254)));
        assertRefused(wordBits, chain.terms().outputs(1, 2, List.of(0)));
        String bits = "OutputBitsInvalid(uint256,uint256)";
        assertRefused(bits, chain.terms().outputs(1, 0, List.of(253)));
        assertRefused(bits, chain.terms().outputs(1, 254, List.of(253)));
        assertRefused(bits, chain.terms().outputs(1, 2, List.of(1)));
        assertRefused(bits, chain.terms().outputs(2, 2, List.of(10, 1)).parameters(List.of()));
        String words = "OutputWordsInvalid(uint256,uint256)";
        assertRefused(words, chain.terms().outputs(0, 2, List.of(253)));
        assertRefused(words, chain.terms().outputs(2, 2, List.of(253)));
        assertRefused(words, chain.terms().outputs(1, 2, List.of()));
        assertRefused(words, chain.terms().outputs(9, 2, Collections.nCopies(9, 10)));
        assertRefused("ParameterNotInField(uint256,uint256)", chain.terms().parameters(List.of(Bn254.R)));
        assertRefused("WindowLengthInvalid()", chain.terms().windows(0, 0));
    }

    private static void assertRefused(String error, TermsBuilder terms) {
        chain.assertRefused(error, registration(TestJob.hash("fresh"), terms));
    }

    private static String registration(byte[] jobId, TermsBuilder terms) {
        return chain.registry()
                .registerJob(jobId, chain.job().groupKey(), terms.build())
                .encodeFunctionCall();
    }

    private static TransactionReceipt sendAt(WindowRegistry registry, int account, String call) {
        return chain.chain().send(account, registry.getContractAddress(), call);
    }

    private static void assertRevertAt(WindowRegistry registry, String error, String call) {
        String revert = chain.chain().revertOf(registry.getContractAddress(), call);
        assertEquals(TestChain.error(error), revert.substring(0, Math.min(10, revert.length())), error + ": " + revert);
    }
}
