package io.veilflow.pipeline.post;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.veilflow.contracts.MarketGuard;
import io.veilflow.contracts.testing.TestChain;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.job.PostingPolicy;
import io.veilflow.pipeline.post.SettlementException.Reason;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Deployment, registration and the guard, as the command line uses them. */
class DeploymentITCase {
    private static final GuardPolicy POLICY = GuardPolicy.ofLevel(2, 2, 2, Duration.ofHours(1));

    /** A window that no other test here comes to. */
    private static final long FAR = 1_000;

    private static PostFixture fixture;

    @BeforeAll
    static void start() {
        fixture = new PostFixture();
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @Test
    void aBadKeyIsRefusedWithTheReason() {
        try (Deployment deployment = fixture.deployment()) {
            byte[] nonsense = new byte[1_000];
            assertRefused(
                    "CommitmentCountInvalid(0)",
                    () -> deployment.deployVerifier(ByteString.copyFrom(nonsense), List.of()));
            nonsense[0] = 1;
            assertRefused(
                    "KeyLengthInvalid(1000)",
                    () -> deployment.deployVerifier(ByteString.copyFrom(nonsense), List.of()));
        }
    }

    @Test
    void aJobIsRegisteredOnceAndOnlyByTheOwner() {
        RegisteredTerms job = RegisteredTerms.of(fixture.terms(), fixture.verifier());
        try (Deployment owner = fixture.deployment();
                Deployment stranger = Deployment.connect(
                        fixture.url(), fixture.chainId(), PostFixture.account(4), PostFixture.DEADLINE)) {
            assertRefused("JobAlreadyRegistered", () -> owner.registerJob(fixture.registry(), fixture.jobId(), job));
            ByteString fresh = ByteString.copyFrom(new byte[32]);
            assertRefused("OwnableUnauthorizedAccount", () -> stranger.registerJob(fixture.registry(), fresh, job));
            ByteString nobody =
                    ByteString.copyFrom(new byte[20]).substring(1).concat(ByteString.copyFrom(new byte[] {9}));
            RegisteredTerms withoutCode = new RegisteredTerms(
                    nobody,
                    job.keyDigest(),
                    job.ruleHash(),
                    job.basisDigest(),
                    job.groupKey(),
                    job.outputs(),
                    job.wordBits(),
                    job.parameterWords(),
                    job.policy());
            assertRefused("VerifierWithoutCode", () -> owner.registerJob(fixture.registry(), fresh, withoutCode));
        }
    }

    @Test
    @DisplayName(
            "F5: the owner gives a job other terms for windows behind the next one; nobody else, and no window sooner")
    void termsChangeAtAWindow() {
        JobTerms sooner = fixture.terms(PostingPolicy.provenOnly());
        RegisteredTerms before = RegisteredTerms.of(fixture.terms(), fixture.verifier());
        ByteString key = fixture.verifyingKey();
        try (Deployment owner = fixture.deployment();
                Deployment stranger = Deployment.connect(
                        fixture.url(), fixture.chainId(), PostFixture.account(4), PostFixture.DEADLINE);
                EthereumChain chain = fixture.chain(1)) {
            long next = chain.nextWindow(fixture.jobId());
            assertRefused(
                    "from window " + (next + 1) + " on, not from " + next, () -> owner.changeJob(sooner, key, next));
            assertRefused(
                    "OwnableUnauthorizedAccount",
                    () -> stranger.changeTerms(fixture.registry(), fixture.jobId(), before, FAR));
            ByteString verifier = owner.changeJob(sooner, key, FAR);
            assertNotEquals(fixture.verifier(), verifier);
            assertEquals(before, chain.termsOf(fixture.jobId(), FAR - 1));
            assertEquals(RegisteredTerms.of(sooner, verifier), chain.termsOf(fixture.jobId(), FAR));
        }
    }

    @Test
    void theGuardFollowsThePostedWindows() {
        ByteString guard;
        try (Deployment deployment = fixture.deployment()) {
            guard = deployment.deployGuard(fixture.registry(), fixture.jobId(), POLICY);
        }
        try (EthereumChain chain = fixture.chain(1);
                MarketGuardClient client = MarketGuardClient.connect(
                        fixture.url(), fixture.chainId(), guard, PostFixture.account(2), PostFixture.DEADLINE)) {
            assertEquals(TestChain.error("ResultStale(uint256,uint256)"), refusalToBorrow(guard));
            for (int level : List.of(1, 3, 0, 1)) {
                long window = chain.nextWindow(fixture.jobId());
                chain.post(fixture.post(window, level));
                MarketGuardClient.Changes changes = client.sync();
                assertEquals(window == 1, changes.paused(), "window " + window);
                assertEquals(window == 3, changes.resumed(), "window " + window);
                String refusal = window == 1 || window == 2 ? TestChain.error("BorrowingIsPaused(uint64,uint64)") : "";
                assertEquals(refusal, refusalToBorrow(guard), "window " + window);
            }
        }
    }

    /** First bytes of the error with which borrowing reverts now; empty if it is open. */
    private static String refusalToBorrow(ByteString guard) {
        MarketGuard contract = MarketGuard.load(
                Hex.text(guard),
                fixture.node().web3(),
                fixture.node().sender(4),
                fixture.node().gas());
        String revert = fixture.node()
                .revertOf(Hex.text(guard), contract.borrow(BigInteger.ONE).encodeFunctionCall());
        return revert.substring(0, Math.min(10, revert.length()));
    }

    private static void assertRefused(String error, Runnable call) {
        SettlementException refusal = assertThrows(SettlementException.class, call::run);
        assertEquals(Reason.REFUSED, refusal.reason(), refusal.getMessage());
        assertTrue(refusal.getMessage().contains(error), refusal.getMessage());
    }
}
