package io.veilflow.contracts.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.veilflow.contracts.ScriptedResults;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.web3j.protocol.core.RemoteCall;
import org.web3j.protocol.core.RemoteFunctionCall;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.tx.Contract;

/**
 * A chain with results that the test writes down, and a consumer's calls held against what they must do. An extension: one
 * chain for a test class, no results at the start of each test.
 */
public final class ScriptedChain implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback {
    public static final byte[] JOB = TestJob.hash("job");

    private TestChain chain;
    private ScriptedResults results;

    @Override
    public void beforeAll(ExtensionContext context) {
        chain = new TestChain();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        results = TestChain.done(ScriptedResults.deploy(chain.web3(), chain.sender(0), chain.gas()));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        chain.close();
    }

    public TestChain chain() {
        return chain;
    }

    /** Address of the results. */
    public String results() {
        return results.getContractAddress();
    }

    public void proven(long window, BigInteger... words) {
        put(window, 2, words);
    }

    public void attested(long window, BigInteger... words) {
        put(window, 1, words);
    }

    /** Windows without results. */
    public void skip(long first, long last) {
        TestChain.done(results.skip(BigInteger.valueOf(first), BigInteger.valueOf(last)));
    }

    private void put(long window, int assurance, BigInteger... words) {
        TestChain.done(results.put(BigInteger.valueOf(window), List.of(words), BigInteger.valueOf(assurance)));
    }

    /** Sends a call that must succeed, and shows what it cost. */
    public TransactionReceipt send(int account, Contract contract, RemoteFunctionCall<?> call, String what) {
        TransactionReceipt receipt = send(account, contract, call);
        System.out.printf("%s: %d gas%n", what, receipt.getGasUsed().longValueExact());
        return receipt;
    }

    /** Sends a call that must succeed. */
    public TransactionReceipt send(int account, Contract contract, RemoteFunctionCall<?> call) {
        TransactionReceipt receipt = chain.send(account, contract.getContractAddress(), call.encodeFunctionCall());
        assertEquals(
                "0x1",
                receipt.getStatus(),
                () -> chain.revertOf(contract.getContractAddress(), call.encodeFunctionCall()));
        return receipt;
    }

    /** @param error the custom error with which the call of account 0 must revert; empty if it must not */
    public void assertOutcome(String error, Contract contract, RemoteFunctionCall<?> call) {
        assertError(error, chain.revertOf(contract.getContractAddress(), call.encodeFunctionCall()));
    }

    /** @param creation bytecode and arguments in hex */
    public void assertDeploymentRefused(String error, String creation) {
        assertError(error, chain.revertOf(null, creation));
    }

    public static <T> T done(RemoteCall<T> call) {
        return TestChain.done(call);
    }

    private static void assertError(String error, String revert) {
        String expected = error.isEmpty() ? "" : TestChain.error(error);
        assertEquals(expected, revert.substring(0, Math.min(10, revert.length())), error + ": " + revert);
    }
}
