package io.veilflow.contracts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.veilflow.contracts.testing.RegistryChain;
import io.veilflow.contracts.testing.TestChain;
import io.veilflow.contracts.testing.TestJob;
import io.veilflow.contracts.testing.WholeGroupKey;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/** Windows that the group closes without a result, so that one bad window never blocks a job. */
class SkippedWindowsITCase {
    private static final BigInteger LAST_NUMBER = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    @RegisterExtension
    static final RegistryChain chain = new RegistryChain(terms -> terms.proofDeadline(1));

    @ParameterizedTest
    @CsvSource({"0, 1", "0, 2", "5, 3"})
    @DisplayName("C20: a run of windows is closed with its reason and has no results")
    void aRunIsClosedWithItsReason(long last, int reason) {
        TestJob job = chain.job();
        TransactionReceipt receipt = chain.send(2, job.skip(0, last, reason));
        var event = WindowRegistry.getWindowsSkippedEvents(receipt).get(0);
        assertEquals(BigInteger.ZERO, event.first);
        assertEquals(BigInteger.valueOf(last), event.last);
        assertEquals(BigInteger.valueOf(reason), event.reason);
        assertArrayEquals(job.skipMessage(0, last, reason), event.statement);
        WindowRegistry.SkippedRun run = run(0);
        assertEquals(BigInteger.valueOf(last), run.last);
        assertEquals(BigInteger.valueOf(reason), run.reason);
        assertEquals(last + 1, chain.next());
        for (long window = 0; window <= last; window++) {
            assertEquals(BigInteger.ZERO, chain.result(window).assurance);
            assertEquals(
                    List.of(), TestChain.done(chain.registry().outputsOf(job.jobId(), BigInteger.valueOf(window))));
        }
        chain.send(job.post(last + 1, 1));
    }

    @Test
    @DisplayName("F4: the same skip again has no effect, also after later windows; another one is refused")
    void theSameSkipAgainHasNoEffect() {
        TestJob job = chain.job();
        String skip = job.skip(0, 2, 2);
        chain.send(skip);
        BigInteger postedAt = run(0).postedAt;
        chain.chain().pass(60);
        chain.assertNoEffect(skip);
        chain.send(job.post(3, 1));
        chain.assertNoEffect(skip);
        assertEquals(postedAt, run(0).postedAt);
        for (String other : List.of(job.skip(0, 1, 2), job.skip(0, 2, 3), job.skip(1, 2, 2), job.skip(3, 3, 1))) {
            chain.assertRefused("WindowOutOfOrder(uint64,uint64)", other);
        }
    }

    @Test
    @DisplayName("F4: the first final record wins: no result for a skipped window, no skip of a recorded one")
    void theFirstFinalRecordWins() {
        TestJob job = chain.job();
        chain.send(job.post(0, 1));
        chain.assertRefused("WindowOutOfOrder(uint64,uint64)", job.skip(0, 0, 1));
        chain.assertRefused("WindowOutOfOrder(uint64,uint64)", job.skip(2, 2, 1));
        chain.send(job.skip(1, 2, 1));
        for (long window = 1; window <= 2; window++) {
            chain.assertRefused("WindowOutOfOrder(uint64,uint64)", job.post(window, 1));
            chain.assertRefused("WindowOutOfOrder(uint64,uint64)", job.attested(job.post(window, 1)));
        }
    }

    @Test
    @DisplayName("G5, G6: a skip that the group signed for nothing, or for something else, is refused")
    void onlyTheGroupSkips() {
        TestJob job = chain.job();
        TestJob other = chain.newJob();
        other.register(chain.terms().build());
        chain.assertRefused(
                "GroupSignatureInvalid(uint64,bytes32)",
                job.signedBy(WholeGroupKey.of(8)).skip(0, 0, 1));
        for (byte[] message : List.of(
                other.skipMessage(0, 1, 1),
                job.skipMessage(0, 0, 1),
                job.skipMessage(1, 1, 1),
                job.skipMessage(0, 1, 2),
                job.message(job.post(0, 1), TestJob.PROVEN))) {
            chain.assertRefused(
                    "GroupSignatureInvalid(uint64,bytes32)",
                    call(BigInteger.ZERO, BigInteger.ONE, 1, job.group().sign(message)));
        }
    }

    @Test
    void runsAndReasonsThatAreNoneAreRefused() {
        String run = "SkippedRunInvalid(uint64,uint64)";
        chain.assertRefused(run, call(BigInteger.ONE, BigInteger.ZERO, 1, new byte[52]));
        chain.assertRefused(run, call(BigInteger.ZERO, LAST_NUMBER, 1, new byte[52]));
        for (int reason : new int[] {0, 4, 255}) {
            chain.assertRefused(
                    "SkipReasonInvalid(uint8)", call(BigInteger.ZERO, BigInteger.ZERO, reason, new byte[52]));
        }
        chain.assertRefused(
                "JobUnknown(bytes32)",
                chain.job().withId(TestJob.hash("nobody")).skip(0, 0, 1));
    }

    @Test
    @DisplayName("F4: the last window number is refused because it has no successor")
    void theLastWindowNumberIsRefused() {
        TestJob job = chain.job();
        BigInteger last = LAST_NUMBER.subtract(BigInteger.ONE);
        byte[] message =
                TestChain.done(chain.registry().skipMessageOf(job.jobId(), BigInteger.ZERO, last, BigInteger.ONE));
        chain.send(call(BigInteger.ZERO, last, 1, job.group().sign(message)));
        var post = job.post(0, 0);
        String call = chain.registry()
                .postWindow(job.jobId(), LAST_NUMBER, post.root(), post.words(), post.proof(), post.signature())
                .encodeFunctionCall();
        chain.assertRefused("WindowOutOfOrder(uint64,uint64)", call);
    }

    @Test
    @DisplayName("F11: what a skip costs, however many windows")
    void whatASkipCosts() {
        TestJob job = chain.job();
        long first = chain.gas(job.skip(0, 0, 1));
        long many = chain.gas(job.skip(1, 1_000_000, 2));
        long again = chain.gas(job.skip(1, 1_000_000, 2));
        System.out.printf("skipWindows: one %d, a million %d, repetition %d gas%n", first, many, again);
        assertEquals(first, many, 5_000);
    }

    private static WindowRegistry.SkippedRun run(long first) {
        return TestChain.done(chain.registry().skippedRunAt(chain.job().jobId(), BigInteger.valueOf(first)));
    }

    private static String call(BigInteger first, BigInteger last, int reason, byte[] signature) {
        return chain.registry()
                .skipWindows(chain.job().jobId(), first, last, BigInteger.valueOf(reason), signature)
                .encodeFunctionCall();
    }
}
