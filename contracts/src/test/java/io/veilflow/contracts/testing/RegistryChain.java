package io.veilflow.contracts.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.veilflow.contracts.Groth16Verifier;
import io.veilflow.contracts.WindowRegistry;
import io.veilflow.contracts.testing.TestJob.Post;
import java.math.BigInteger;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/**
 * A chain with a registry, a verifier and a job whose windows a test posts. An extension: one chain and registry for a test class, a
 * job of its own for each test.
 */
public final class RegistryChain implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback {
    private static final TrapdoorKey KEY = new TrapdoorKey(3, 3);

    private final UnaryOperator<TermsBuilder> changes;
    private TestChain chain;
    private Groth16Verifier verifier;
    private WindowRegistry registry;
    private TestJob job;
    private int jobs;

    /** @param changes what is different in the terms of each test's job */
    public RegistryChain(UnaryOperator<TermsBuilder> changes) {
        this.changes = changes;
    }

    public RegistryChain() {
        this(UnaryOperator.identity());
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        chain = new TestChain();
        verifier = verifier(KEY, List.of());
        registry = chain.deployRegistry();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        job = newJob();
        job.register(terms().build());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        chain.close();
    }

    public TestChain chain() {
        return chain;
    }

    public Groth16Verifier verifier() {
        return verifier;
    }

    public WindowRegistry registry() {
        return registry;
    }

    public String address() {
        return registry.getContractAddress();
    }

    /** The test's job. */
    public TestJob job() {
        return job;
    }

    /** Another job, not registered. */
    public TestJob newJob() {
        return TestJob.of(registry, chain.chainId(), KEY, "job " + jobs++);
    }

    /** What the test's job was registered with, to be changed. */
    public TermsBuilder terms() {
        return changes.apply(job.terms(verifier));
    }

    public Groth16Verifier verifier(TrapdoorKey key, List<BigInteger> fixedWords) {
        return TestChain.done(
                Groth16Verifier.deploy(chain.web3(), chain.sender(0), chain.gas(), key.verifyingKey(), fixedWords));
    }

    /** Sends a call that must succeed. */
    public TransactionReceipt send(String call) {
        return send(0, call);
    }

    /** Sends a call from account k that must succeed. */
    public TransactionReceipt send(int account, String call) {
        TransactionReceipt receipt = chain.send(account, address(), call);
        assertEquals("0x1", receipt.getStatus(), () -> chain.revertOf(address(), call));
        return receipt;
    }

    public TransactionReceipt send(Post post) {
        return send(post.call(registry));
    }

    /** Gas of a call that must succeed. */
    public long gas(String call) {
        return send(call).getGasUsed().longValueExact();
    }

    /** The call succeeds and leaves no trace. */
    public void assertNoEffect(String call) {
        assertEquals(List.of(), send(2, call).getLogs());
    }

    /** @param error the custom error with which the call of account 0 must revert */
    public void assertRefused(String error, String call) {
        String revert = chain.revertOf(address(), call);
        assertEquals(TestChain.error(error), revert.substring(0, Math.min(10, revert.length())), error + ": " + revert);
    }

    public void assertRefused(String error, Post post) {
        assertRefused(error, post.call(registry));
    }

    /** The call would succeed. */
    public void assertTaken(String call) {
        assertEquals("", chain.revertOf(address(), call));
    }

    /** What is recorded for a window of the test's job. */
    public WindowRegistry.WindowResult result(long window) {
        return TestChain.done(registry.resultOf(job.jobId(), BigInteger.valueOf(window)));
    }

    /** The next window of the test's job. */
    public long next() {
        return TestChain.done(registry.nextWindow(job.jobId())).longValueExact();
    }
}
