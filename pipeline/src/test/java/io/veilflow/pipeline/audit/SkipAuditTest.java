package io.veilflow.pipeline.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.sign.SampleGroup;
import io.veilflow.pipeline.sign.SigningRecords;
import io.veilflow.pipeline.sign.SkipMessage;
import io.veilflow.pipeline.sign.SkipReason;
import io.veilflow.pipeline.window.RootedManifest;
import io.veilflow.pipeline.wire.OutputAborted;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.WindowsSkipped;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an audit makes of statements that windows have no result. Checksums and signatures of records are good. */
class SkipAuditTest {
    private static final String NOT_SHOWN = "a reason that the board does not show";

    @TempDir
    private Path directory;

    private RecordedJob job;

    @BeforeEach
    void begin() throws IOException {
        job = new RecordedJob(directory);
    }

    @AfterEach
    void end() {
        job.close();
    }

    @Test
    @DisplayName(
            "G5: a window with too few contributors, windows without a tick, and one that nobody opened may be skipped")
    void everyReasonThatTheBoardShows() {
        tooFewInWindowZero();
        skip(0, 0, SkipReason.TOO_FEW_CONTRIBUTORS);
        job.submit("bank-b", 1);
        job.batch();
        job.tick(4_100);
        job.window();
        skip(1, 1, SkipReason.NOT_COMPUTABLE);
        job.tick(5_000);
        skip(2, 3, SkipReason.NO_TICK);
        AuditReport report = job.audit();
        assertTrue(report.passed(), () -> String.join("\n", report.lines()));
        assertEquals(3, report.counts().get(AuditReport.Check.RESULTS), "signatures");
    }

    @Test
    void aStatementThatTheGroupHasNotSignedCountsForNothing() {
        job.sealedWindow();
        state(PartyId.P1, 0, 0, SkipReason.NOT_COMPUTABLE.code());
        assertTrue(job.audit().passed());
        job.tick(2_000);
        job.submit("bank-a", 2);
        job.batch();
        job.window();
        job.assertFailure("window 0", "has not ended, and batch 1 after it is sealed");
    }

    @Test
    void enoughContributorsAreNotTooFew() {
        job.sealedWindow();
        assertRefused(0, 0, SkipReason.TOO_FEW_CONTRIBUTORS);
    }

    @Test
    void aWindowWithATickIsNotWithoutOne() {
        job.tick(2_100);
        job.tick(3_000);
        assertRefused(0, 2, SkipReason.NO_TICK);
    }

    @Test
    void windowsThatNoTickHasClosedYetAreNotWithoutOne() {
        job.tick(100);
        assertRefused(1, 1, SkipReason.NO_TICK);
    }

    @Test
    void aWindowThatWasNeverSealedCanBeComputed() {
        job.tick(100);
        job.tick(1_000);
        assertRefused(0, 0, SkipReason.NOT_COMPUTABLE);
    }

    @Test
    @DisplayName("G5: a window with a result is skipped for no reason")
    void aWindowWithAResultIsNotSkipped() {
        job.result(1, job.sealedWindow());
        assertRefused(0, 0, SkipReason.NOT_COMPUTABLE);
    }

    @Test
    void aRunThatReachesOverAResultIsRefused() {
        job.result(1, job.sealedWindow());
        assertRefused(0, 3, SkipReason.NO_TICK);
    }

    @Test
    void onlyWindowsWithoutATickAreSkippedTogether() {
        tooFewInWindowZero();
        state(PartyId.P1, 0, 1, SkipReason.TOO_FEW_CONTRIBUTORS.code());
        job.assertFailureAtLast(PartyId.P1, "skips windows 0 to 1");
    }

    @Test
    void aRunThatEndsBeforeItBeginsIsNamed() {
        job.sealedWindow();
        state(PartyId.P1, 0, -1, SkipReason.NOT_COMPUTABLE.code());
        job.assertFailureAtLast(PartyId.P1, "skips windows 0 to -1");
    }

    @Test
    void aReasonThatIsNoneIsNamed() {
        job.sealedWindow();
        state(PartyId.P1, 0, 0, 4);
        job.assertFailureAtLast(PartyId.P1, "an unknown reason");
    }

    @Test
    void runsMayOverlapIfBothAreTrue() {
        job.tick(3_100);
        job.tick(4_000);
        skip(0, 2, SkipReason.NO_TICK);
        skip(1, 1, SkipReason.NO_TICK);
        assertTrue(job.audit().passed());
    }

    @Test
    void ofRunsThatOverlapTheUntrueOneIsNamed() {
        job.tick(3_100);
        job.tick(4_000);
        skip(1, 1, SkipReason.NO_TICK);
        assertRefused(0, 3, SkipReason.NO_TICK);
    }

    @Test
    void aPartyThatStatesTwoRunsFromOneWindowIsNamed() {
        job.tick(3_100);
        job.tick(4_000);
        state(PartyId.P1, 0, 2, SkipReason.NO_TICK.code());
        state(PartyId.P1, 0, 1, SkipReason.NO_TICK.code());
        job.assertFailureAtLast(PartyId.P1, "contradicts");
    }

    @Test
    @DisplayName("G5, G6: a signature that is not the group's under this very skip is named")
    void aWrongSignatureIsNamed() {
        job.sealedWindow();
        state(PartyId.P1, 0, 0, SkipReason.NOT_COMPUTABLE.code());
        ByteString digest =
                ByteString.copyFrom(message(0, 0, SkipReason.NOT_COMPUTABLE).digest());
        job.party(
                PartyId.P2,
                SigningRecords.payload(digest, SampleGroup.sign(message(0, 0, SkipReason.TOO_FEW_CONTRIBUTORS))));
        job.assertFailureAtLast(PartyId.P2, "no signature of the group under the skip");
    }

    @Test
    @DisplayName("G5: a signed skip that no party has stated is named")
    void aSkipThatNobodyStatedIsNamed() {
        job.tick(1_100);
        job.tick(2_000);
        job.sign(PartyId.P2, message(0, 0, SkipReason.NO_TICK));
        job.assertFailureAtLast(PartyId.P2, "nobody has stated");
    }

    @Test
    @DisplayName("C9: who was ready to open skips only if it and another have signed that they opened nothing")
    void aReadyPartySkipsOnlyAfterAborts() {
        ready(PartyId.P1, job.sealedWindow());
        state(PartyId.P1, 0, 0, SkipReason.NOT_COMPUTABLE.code());
        job.assertFailureAtLast(PartyId.P1, NOT_SHOWN);
        abort(PartyId.P1);
        job.assertFailure("record 7 of party-1", NOT_SHOWN);
        abort(PartyId.P2);
        job.sign(PartyId.P0, message(0, 0, SkipReason.NOT_COMPUTABLE));
        assertTrue(job.audit().passed());
    }

    @Test
    @DisplayName("C9: aborts of others are not one's own")
    void abortsOfOthersAreNotOnesOwn() {
        ready(PartyId.P1, job.sealedWindow());
        abort(PartyId.P0);
        abort(PartyId.P2);
        assertRefused(0, 0, SkipReason.NOT_COMPUTABLE);
    }

    @Test
    @DisplayName("C9: who has given its share of the outputs away does not skip, whoever aborts")
    void aPartyThatOpenedDoesNotSkip() {
        RootedManifest rooted = job.sealedWindow();
        RecordedOpening opening = ready(PartyId.P1, rooted);
        job.party(PartyId.P1, opening.opening(PartyId.P1, RecordedOpening.components(1)));
        abort(PartyId.P1);
        abort(PartyId.P2);
        assertRefused(0, 0, SkipReason.NOT_COMPUTABLE);
    }

    @Test
    @DisplayName("C9: who has stated a result does not skip the window, READY or not")
    void aPartyThatStatedAResultDoesNotSkip() {
        RootedManifest rooted = job.sealedWindow();
        job.party(
                PartyId.P1,
                Payload.newBuilder().setWindowResult(job.stated(1, rooted)).build());
        assertRefused(0, 0, SkipReason.NOT_COMPUTABLE);
    }

    @Test
    void aWindowThatTheChainPassedOverNeedsASignedSkip() {
        job.tick(2_100);
        job.tick(3_000);
        state(PartyId.P1, 0, 1, SkipReason.NO_TICK.code());
        job.chain.passOver(1);
        job.assertFailure("window 0", "the board has no skip");
        job.sign(PartyId.P1, message(0, 1, SkipReason.NO_TICK));
        assertTrue(job.audit().passed());
        job.chain.passOver(2);
        job.assertFailure("window 2", "the board has no skip");
    }

    private void tooFewInWindowZero() {
        job.submit("bank-a", 1);
        job.batch();
        job.tick(100);
        job.tick(1_000);
        job.window();
    }

    private void skip(long first, long last, SkipReason reason) {
        state(PartyId.P1, first, last, reason.code());
        job.sign(PartyId.P1, message(first, last, reason));
    }

    private void assertRefused(long first, long last, SkipReason reason) {
        state(PartyId.P1, first, last, reason.code());
        job.assertFailureAtLast(PartyId.P1, NOT_SHOWN);
    }

    private RecordedOpening ready(PartyId party, RootedManifest rooted) {
        RecordedOpening opening = new RecordedOpening(job, rooted);
        job.party(party, opening.ready(party, opening.hashes(RecordedOpening.components(1))));
        return opening;
    }

    private void abort(PartyId party) {
        OutputAborted aborted = OutputAborted.newBuilder().setAttempt(1).build();
        job.party(party, Payload.newBuilder().setOutputAborted(aborted).build());
    }

    private void state(PartyId party, long first, long last, int reason) {
        WindowsSkipped skip = WindowsSkipped.newBuilder()
                .setFirstWindow(first)
                .setLastWindow(last)
                .setReason(reason)
                .build();
        job.party(party, Payload.newBuilder().setWindowsSkipped(skip).build());
    }

    private SkipMessage message(long first, long last, SkipReason reason) {
        return new SkipMessage(
                job.terms.definition().chain().chainId(),
                job.terms.definition().chain().registry(),
                job.terms.jobId(),
                first,
                last,
                reason);
    }
}
