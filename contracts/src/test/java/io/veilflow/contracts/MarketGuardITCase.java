package io.veilflow.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.contracts.testing.ScriptedChain;
import io.veilflow.contracts.testing.TestChain;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/** MarketGuard over results that the test writes: pauses at once, resumes only after a run of calm windows. */
class MarketGuardITCase {
    private static final int ATTESTED = 1;
    private static final int PROVEN = 2;
    private static final int PAUSE_LEVEL = 2;
    /** Three shocks: levels in bits 0 to 5, the smallest stopping shock in bits 6 and 7; the first two must be borne. */
    private static final int SHOCKS = 3;

    private static final int SHOCK_OFFSET = 6;
    private static final int SHOCKS_TO_BEAR = 2;
    private static final int CALM_WINDOWS = 3;
    private static final long MAX_AGE_SECONDS = 3_600;

    @RegisterExtension
    static final ScriptedChain scripted = new ScriptedChain();

    private MarketGuard guard;

    @BeforeEach
    void deploy() {
        guard = deploy(policy(2, PAUSE_LEVEL, SHOCK_OFFSET, 2, SHOCKS_TO_BEAR, CALM_WINDOWS, MAX_AGE_SECONDS));
    }

    private static MarketGuard deploy(MarketGuard.GuardPolicy policy) {
        TestChain chain = scripted.chain();
        return TestChain.done(MarketGuard.deploy(
                chain.web3(), chain.sender(0), chain.gas(), scripted.results(), ScriptedChain.JOB, policy));
    }

    private static MarketGuard.GuardPolicy policy(
            int levelBits,
            long pauseLevel,
            int shockOffset,
            int shockBits,
            long shocksToBear,
            long calmWindows,
            long maxAgeSeconds) {
        return new MarketGuard.GuardPolicy(
                BigInteger.valueOf(levelBits),
                BigInteger.valueOf(pauseLevel),
                BigInteger.valueOf(shockOffset),
                BigInteger.valueOf(shockBits),
                BigInteger.valueOf(shocksToBear),
                BigInteger.valueOf(calmWindows),
                BigInteger.valueOf(maxAgeSeconds));
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
    void aHighLevelUnderAHarderShockAloneDoesNotPause() {
        put(0, 0b11_01_00, SHOCKS, PROVEN);
        assertBorrowing("");
    }

    @ParameterizedTest
    @CsvSource({"0, BorrowingIsPaused(uint64 uint64)", "1, BorrowingIsPaused(uint64 uint64)", "2, ''", "3, ''"})
    void aShockThatTheMarketMustBearPausesIfItWouldStopIt(int smallestShock, String error) {
        put(0, 0, smallestShock, PROVEN);
        assertBorrowing(error.replace(' ', ','));
        if (!error.isEmpty()) {
            MarketGuard.BorrowingPausedEventResponse event =
                    MarketGuard.getBorrowingPausedEvents(sync()).get(0);
            assertEquals(BigInteger.valueOf(smallestShock), event.smallestShock);
            assertEquals(BigInteger.ZERO, event.level);
        }
    }

    @Test
    void withoutShocksOnlyTheLevelCounts() {
        guard = deploy(policy(2, PAUSE_LEVEL, 0, 0, 0, CALM_WINDOWS, MAX_AGE_SECONDS));
        put(0, 0b0100, 0, PROVEN);
        assertBorrowing("");
        put(1, 0b0110, 0, PROVEN);
        assertBorrowing("BorrowingIsPaused(uint64,uint64)");
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
        scripted.chain().pass(MAX_AGE_SECONDS + 60);
        assertBorrowing("ResultStale(uint256,uint256)");
        put(1, 0, PROVEN);
        assertBorrowing("");
    }

    @Test
    @DisplayName("C20: neither attested nor skipped windows keep a market open")
    void onlyProvenResultsAreNews() {
        put(0, 0, PROVEN);
        scripted.chain().pass(MAX_AGE_SECONDS + 60);
        put(1, 0, ATTESTED);
        assertBorrowing("ResultStale(uint256,uint256)");
        scripted.skip(2, 3);
        assertBorrowing("ResultStale(uint256,uint256)");
        put(4, 0, PROVEN);
        assertBorrowing("");
    }

    @Test
    @DisplayName("C20: a run of skipped windows starts the calm run again, and is processed at once however long")
    void aRunOfSkippedWindowsIsNotCalm() {
        put(0, 3, PROVEN);
        put(1, 0, PROVEN);
        put(2, 0, PROVEN);
        scripted.skip(3, 1_000_000);
        put(1_000_001, 0, PROVEN);
        sync();
        assertEquals(
                BigInteger.valueOf(1_000_002), TestChain.done(guard.status()).component3());
        assertEquals(BigInteger.ONE, TestChain.done(guard.status()).component2());
        assertBorrowing("BorrowingIsPaused(uint64,uint64)");
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
    @CsvSource({
        "0, 1, 0, 0, 0, 3, 60",
        "128, 1, 0, 0, 0, 3, 60",
        "2, 0, 0, 0, 0, 3, 60",
        "2, 4, 0, 0, 0, 3, 60",
        "2, 2, 0, 0, 0, 0, 60",
        "2, 2, 0, 0, 0, 3, 0",
        "2, 2, 6, 2, 0, 3, 60",
        "2, 2, 6, 0, 1, 3, 60",
        "2, 2, 6, 2, 4, 3, 60",
        "2, 2, 127, 2, 1, 3, 60",
        "2, 2, 0, 128, 1, 3, 60"
    })
    void settingsThatCannotWorkAreRefused(
            int levelBits,
            long pauseLevel,
            int shockOffset,
            int shockBits,
            long shocksToBear,
            long calmWindows,
            long maxAgeSeconds) {
        assertDeploymentRefused(
                scripted.results(),
                policy(levelBits, pauseLevel, shockOffset, shockBits, shocksToBear, calmWindows, maxAgeSeconds));
    }

    @Test
    void aRegistryWithoutCodeIsRefused() {
        assertDeploymentRefused(scripted.chain().account(3).getAddress(), policy(2, 2, 0, 0, 0, 3, 60));
    }

    @Test
    void whatTheGuardCosts() {
        put(0, 0, PROVEN);
        sync();
        put(1, 0, PROVEN);
        long sync = sync().getGasUsed().longValueExact();
        put(2, 0, PROVEN);
        long borrow = TestChain.done(guard.borrow(BigInteger.ONE)).getGasUsed().longValueExact();
        System.out.printf("MarketGuard: sync of one window %d gas, borrow with one window %d gas%n", sync, borrow);
        assertTrue(sync < 60_000 && borrow < 70_000, () -> sync + " and " + borrow + " gas");
    }

    private static void assertDeploymentRefused(String registry, MarketGuard.GuardPolicy policy) {
        String settings = FunctionEncoder.encodeConstructor(
                List.of(new Address(registry), new Bytes32(ScriptedChain.JOB), policy));
        scripted.assertDeploymentRefused("SettingInvalid()", MarketGuard.BINARY + settings);
    }

    /** A window with this level under the first shock, and no shock that stops the market. */
    private void put(int window, int level, int assurance) {
        put(window, level, SHOCKS, assurance);
    }

    private void put(int window, int levels, int smallestShock, int assurance) {
        BigInteger outputs = BigInteger.valueOf(levels | smallestShock << SHOCK_OFFSET);
        if (assurance == PROVEN) {
            scripted.proven(window, outputs);
        } else {
            scripted.attested(window, outputs);
        }
    }

    private TransactionReceipt sync() {
        return TestChain.done(guard.sync());
    }

    /** @param error the custom error with which borrowing reverts; empty if it is open */
    private void assertBorrowing(String error) {
        scripted.assertOutcome(error, guard, guard.borrow(BigInteger.ONE));
    }
}
