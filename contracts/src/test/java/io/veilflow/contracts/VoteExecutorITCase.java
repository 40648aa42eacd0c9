package io.veilflow.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.contracts.testing.ScriptedChain;
import io.veilflow.contracts.testing.TestChain;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint64;
import org.web3j.protocol.core.RemoteFunctionCall;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.utils.Numeric;

/** VoteExecutor over results that the test writes: one call a window, proposed before and made once after a proven pass. */
class VoteExecutorITCase {
    private static final long MAX_AGE_SECONDS = 3_600;
    private static final BigInteger VALUE = BigInteger.valueOf(1_000);
    /** The vote's bit is bit 3. */
    private static final BigInteger PASSED = BigInteger.valueOf(0b1000);

    private static final BigInteger FAILED = BigInteger.valueOf(0b0111);
    private static final String NOT_PASSED = "VoteNotPassed(uint64)";

    @RegisterExtension
    static final ScriptedChain scripted = new ScriptedChain();

    private CallRecorder target;
    private VoteExecutor executor;

    @BeforeEach
    void deploy() {
        TestChain chain = scripted.chain();
        target = TestChain.done(CallRecorder.deploy(chain.web3(), chain.sender(0), chain.gas()));
        executor = TestChain.done(VoteExecutor.deploy(
                chain.web3(),
                chain.sender(0),
                chain.gas(),
                BigInteger.valueOf(5_000),
                chain.account(0).getAddress(),
                scripted.results(),
                ScriptedChain.JOB,
                place(0, 3, 1),
                BigInteger.valueOf(MAX_AGE_SECONDS)));
        propose(4);
    }

    @Test
    void aPassedVoteMakesItsCallOnceWhoeverAsks() {
        scripted.proven(4, PASSED);
        TransactionReceipt receipt = scripted.send(2, executor, execute(4), "VoteExecutor: execute");
        assertEquals(1, TestChain.count(receipt, VoteExecutor.EXECUTED_EVENT));
        assertSeen(1);
        assertOutcome("ProposalAlreadyExecuted(uint64)", execute(4));
        assertTrue(TestChain.done(executor.proposalOf(BigInteger.valueOf(4))).executed);
    }

    @Test
    void aProposalWithoutDataIsAPayment() {
        String nobody = "0x" + "0".repeat(36) + "cafe";
        scripted.send(0, executor, executor.propose(BigInteger.valueOf(9), nobody, VALUE, new byte[0]));
        scripted.send(0, executor, executor.propose(BigInteger.TEN, nobody, VALUE, new byte[] {1, 2, 3, 4}));
        scripted.proven(9, PASSED);
        scripted.send(2, executor, execute(9), "VoteExecutor: execute, a payment to a new account");
        assertEquals(VALUE, scripted.chain().balance(nobody));
        scripted.proven(10, PASSED);
        assertOutcome("AddressEmptyCode(address)", execute(10));
    }

    @Test
    void aFailedVoteOrNoResultMakesNoCall() {
        assertOutcome(NOT_PASSED, execute(4));
        scripted.proven(4, FAILED);
        assertOutcome(NOT_PASSED, execute(4));
    }

    @Test
    void anAttestedOrMissingResultMakesNoCall() {
        scripted.attested(4, PASSED);
        assertOutcome(NOT_PASSED, execute(4));
        propose(6);
        scripted.proven(7, PASSED);
        assertOutcome(NOT_PASSED, execute(6));
    }

    @Test
    void aPassOfAnotherWindowMakesNoCall() {
        scripted.proven(5, PASSED);
        assertOutcome(NOT_PASSED, execute(4));
        assertOutcome("ProposalUnknown(uint64)", execute(5));
    }

    @Test
    void aPassIsGoodForALimitedTime() {
        scripted.proven(4, PASSED);
        assertOutcome("", execute(4));
        scripted.chain().pass(MAX_AGE_SECONDS + 60);
        assertOutcome("ResultStale(uint256,uint256)", execute(4));
    }

    @Test
    void onlyTheOwnerProposesAndOnlyForOpenWindowsWithoutAProposal() {
        assertOutcome("WindowHasProposal(uint64)", proposal(4));
        scripted.proven(8, FAILED);
        assertOutcome("WindowClosed(uint64,uint64)", proposal(8));
        assertOutcome("WindowClosed(uint64,uint64)", proposal(7));
        assertOutcome("", proposal(9));
        assertOutcome(
                "SettingInvalid()",
                executor.propose(BigInteger.TEN, "0x" + "0".repeat(40), BigInteger.ZERO, new byte[0]));
        TransactionReceipt stranger = scripted.chain()
                .send(1, executor.getContractAddress(), proposal(9).encodeFunctionCall());
        assertEquals("0x0", stranger.getStatus());
    }

    @Test
    void aProposalIsKeptAndPublishedAsItWasMade() {
        TransactionReceipt receipt = scripted.send(0, executor, proposal(9), "VoteExecutor: propose");
        var event = VoteExecutor.getProposedEvents(receipt).get(0);
        var kept = TestChain.done(executor.proposalOf(BigInteger.valueOf(9)));
        assertEquals(target.getContractAddress(), event.target);
        assertEquals(VALUE, event.value);
        assertEquals(target.record(BigInteger.ZERO).encodeFunctionCall(), Numeric.toHexString(event.data));
        assertEquals(event.target, kept.target);
        assertEquals(event.value, kept.value);
        assertEquals(Numeric.toHexString(event.data), Numeric.toHexString(kept.data));
    }

    @Test
    void aCallThatFailsCanBeTriedAgain() {
        scripted.proven(4, PASSED);
        scripted.send(0, target, target.refuse(true));
        assertOutcome("Refused()", execute(4));
        scripted.send(0, target, target.refuse(false));
        scripted.send(0, executor, execute(4));
        assertSeen(1);
    }

    @Test
    void aTargetThatCallsBackGetsNoSecondCall() {
        scripted.proven(4, PASSED);
        byte[] again = Numeric.hexStringToByteArray(execute(4).encodeFunctionCall());
        scripted.send(0, target, target.callBack(executor.getContractAddress(), again));
        assertOutcome("ProposalAlreadyExecuted(uint64)", execute(4));
        assertSeen(0);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 2, 60, SettingInvalid()",
        "0, 0, 1, 0, SettingInvalid()",
        "0, 253, 1, 60, 'OutputPlaceInvalid(uint256,uint256,uint256)'",
        "8, 0, 1, 60, 'OutputPlaceInvalid(uint256,uint256,uint256)'"
    })
    void settingsThatCannotWorkAreRefused(int word, int offset, int bits, long maxAge, String error) {
        scripted.assertDeploymentRefused(
                error,
                VoteExecutor.BINARY
                        + FunctionEncoder.encodeConstructor(List.of(
                                new Address(scripted.chain().account(0).getAddress()),
                                new Address(scripted.results()),
                                new Bytes32(ScriptedChain.JOB),
                                place(word, offset, bits),
                                new Uint64(maxAge))));
    }

    private static VoteExecutor.OutputPlace place(int word, int offset, int bits) {
        return new VoteExecutor.OutputPlace(
                BigInteger.valueOf(word), BigInteger.valueOf(offset), BigInteger.valueOf(bits));
    }

    private void propose(long window) {
        scripted.send(0, executor, proposal(window));
    }

    private RemoteFunctionCall<TransactionReceipt> proposal(long window) {
        byte[] call =
                Numeric.hexStringToByteArray(target.record(BigInteger.ZERO).encodeFunctionCall());
        return executor.propose(BigInteger.valueOf(window), target.getContractAddress(), VALUE, call);
    }

    private RemoteFunctionCall<TransactionReceipt> execute(long window) {
        return executor.execute(BigInteger.valueOf(window));
    }

    private void assertOutcome(String error, RemoteFunctionCall<TransactionReceipt> call) {
        scripted.assertOutcome(error, executor, call);
    }

    private void assertSeen(long calls) {
        var seen = TestChain.done(target.seen());
        assertEquals(BigInteger.valueOf(calls), seen.component1());
        assertEquals(VALUE.multiply(BigInteger.valueOf(calls)), seen.component2());
    }
}
