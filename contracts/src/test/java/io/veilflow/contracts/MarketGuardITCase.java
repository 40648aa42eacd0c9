package io.veilflow.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.veilflow.contracts.testing.TestChain;
import io.veilflow.contracts.testing.TestJob;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint128;
import org.web3j.abi.datatypes.generated.Uint64;
import org.web3j.abi.datatypes.generated.Uint8;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/** MarketGuard over results that the test writes: pauses at once, resumes only after a run of calm windows. */
class MarketGuardITCase {
    private static final int ATTESTED = 1;
    private static final int PROVEN = 2;
    private static final int PAUSE_LEVEL = 2;
    private static final int CALM_WINDOWS = 3;
    private static final long MAX_AGE_SECONDS = 3_600;

    private static TestChain chain;

    private ScriptedResults results;
    private MarketGuard guard;

    @BeforeAll
    static void start() {
        chain = new TestChain();
    }

    @AfterAll
    static void stop() {
        chain.close();
    }

    @BeforeEach
    void deploy() {
        results = TestChain.done(ScriptedResults.deploy(chain.web3(), chain.sender(0), chain.gas()));
        guard = TestChain.done(MarketGuard.deploy(
                chain.web3(),
                chain.sender(0),
                chain.gas(),
                results.getContractAddress(),
                TestJob.hash("job"),
                BigInteger.TWO,
                BigInteger.valueOf(PAUSE_LEVEL),
                BigInteger.valueOf(CALM_WINDOWS),
                BigInteger.valueOf(MAX_AGE_SECONDS)));
    }

    @Test
    void nobodyBorrowsBeforeTheFirstResult() {
        assertBorrowing("ResultStale(uint256,uint256)");
    }

    @Test
    void borrowingIsOpenWhileTheLevelIsLow() {
        put(0, 1, PROVEN);
        assertBorrowing("");
        TransactionReceipt receipt = TestChain.done(guard.borrow(BigInteger.TEN));
        assertEquals(1, TestChain.count(receipt, MarketGuard.BORROWED_EVENT));
    }

    @Test
    void oneWindowAtTheLimitPauses() {
        put(0, PAUSE_LEVEL, PROVEN);
        TransactionReceipt receipt = sync();
        assertEquals(1, TestChain.count(receipt, MarketGuard.BORROWINGPAUSED_EVENT));
        assertBorrowing("BorrowingIsPaused(uint64,uint64)");
    }

    @Test
    void onlyTheLowestBitsAreTheLevel() {
        put(0, 0b100, PROVEN);
        assertBorrowing("");
    }

    @Test
    void aPauseNobodySyncedCountsAllTheSame() {
        put(0, 3, PROVEN);
        put(1, 0, PROVEN);
        assertBorrowing("BorrowingIsPaused(uint64,uint64)");
    }

    @Test
    void anAttestedHighLevelPauses() {
        put(0, 3, ATTESTED);
        assertBorrowing("BorrowingIsPaused(uint64,uint64)");
    }

    @Test
    void borrowingResumesAfterTheRequiredRunAndNotEarlier() {
        put(0, 3, PROVEN);
        for (int window = 1; window < CALM_WINDOWS; window++) {
            put(window, 0, PROVEN);
            assertEquals(0, TestChain.count(sync(), MarketGuard.BORROWINGRESUMED_EVENT));
            assertBorrowing("BorrowingIsPaused(uint64,uint64)");
        }
        put(CALM_WINDOWS, 1, PROVEN);
        assertEquals(1, TestChain.count(sync(), MarketGuard.BORROWINGRESUMED_EVENT));
        assertBorrowing("");
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "3, 2", "0, 1"})
    void aHighOrAttestedWindowStartsTheRunAgain(int level, int assurance) {
        put(0, 3, PROVEN);
        put(1, 0, PROVEN);
        put(2, 0, PROVEN);
        put(3, level, assurance);
        put(4, 0, PROVEN);
        put(5, 0, PROVEN);
        assertBorrowing("BorrowingIsPaused(uint64,uint64)");
        put(6, 0, PROVEN);
        assertBorrowing("");
    }

    @Test
    void aMissingWindowStartsTheRunAgain() {
        put(0, 3, PROVEN);
        put(1, 0, PROVEN);
        put(2, 0, PROVEN);
        put(4, 0, PROVEN);
        assertBorrowing("BorrowingIsPaused(uint64,uint64)");
        put(5, 0, PROVEN);
        put(6, 0, PROVEN);
        assertBorrowing("");
    }

    @Test
    void anOldResultStopsBorrowingUntilTheNext() {
        put(0, 0, PROVEN);
        chain.pass(MAX_AGE_SECONDS + 60);
        assertBorrowing("ResultStale(uint256,uint256)");
        put(1, 0, PROVEN);
        assertBorrowing("");
    }

    @Test
    void aLongBacklogIsProcessedInSeveralCalls() {
        put(0, 3, PROVEN);
        put(100, 0, PROVEN);
        assertBorrowing("WindowsWaiting(uint64,uint64)");
        sync();
        assertEquals(BigInteger.valueOf(64), TestChain.done(guard.status()).component3());
        sync();
        assertEquals(BigInteger.valueOf(101), TestChain.done(guard.status()).component3());
        assertBorrowing("BorrowingIsPaused(uint64,uint64)");
    }

    @Test
    void syncingTwiceChangesNothing() {
        put(0, 3, PROVEN);
        sync();
        assertEquals(0, sync().getLogs().size());
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 3, 60", "128, 1, 3, 60", "2, 0, 3, 60", "2, 4, 3, 60", "2, 2, 0, 60", "2, 2, 3, 0"})
    void settingsThatCannotWorkAreRefused(int levelBits, int pauseLevel, int calmWindows, int maxAgeSeconds) {
        String settings = FunctionEncoder.encodeConstructor(List.of(
                new Address(results.getContractAddress()),
                new Bytes32(TestJob.hash("job")),
                new Uint8(levelBits),
                new Uint128(pauseLevel),
                new Uint64(calmWindows),
                new Uint64(maxAgeSeconds)));
        assertError("SettingInvalid()", chain.revertOf(null, MarketGuard.BINARY + settings));
    }

    @Test
    void aRegistryWithoutCodeIsRefused() {
        String settings = FunctionEncoder.encodeConstructor(List.of(
                new Address(chain.account(3).getAddress()),
                new Bytes32(TestJob.hash("job")),
                new Uint8(2),
                new Uint128(2),
                new Uint64(3),
                new Uint64(60)));
        assertError("SettingInvalid()", chain.revertOf(null, MarketGuard.BINARY + settings));
    }

    private void put(int window, int outputs, int assurance) {
        TestChain.done(
                results.put(BigInteger.valueOf(window), BigInteger.valueOf(outputs), BigInteger.valueOf(assurance)));
    }

    private TransactionReceipt sync() {
        return TestChain.done(guard.sync());
    }

    /** @param error the custom error with which borrowing reverts; empty if it is open */
    private void assertBorrowing(String error) {
        assertError(
                error,
                chain.revertOf(
                        guard.getContractAddress(), guard.borrow(BigInteger.ONE).encodeFunctionCall()));
    }

    private static void assertError(String error, String revert) {
        String expected = error.isEmpty() ? "" : TestChain.error(error);
        assertEquals(expected, revert.substring(0, Math.min(10, revert.length())), revert);
    }
}
