package io.veilflow.pipeline.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.threshold.GroupSignature;
import io.veilflow.pipeline.board.SampleWriters;
import io.veilflow.pipeline.job.ChainBinding;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.post.RegisteredTerms;
import io.veilflow.pipeline.service.SigningDesk;
import io.veilflow.pipeline.sign.GroupStatement;
import io.veilflow.pipeline.sign.RotationMessage;
import io.veilflow.pipeline.sign.SampleGroup;
import io.veilflow.pipeline.window.RootedManifest;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Terms and keys change at a window number: every window is judged by its own, before and after. */
class TermsAuditTest {
    @TempDir
    private Path directory;

    private RecordedJob job;
    private RegisteredTerms right;

    @BeforeEach
    void begin() throws IOException {
        job = new RecordedJob(directory);
        right = RecordedChain.right(job.terms);
    }

    @AfterEach
    void end() {
        job.close();
    }

    @Test
    @DisplayName("F5: windows before a change of terms are judged by the terms before it")
    void windowsBeforeAChangeOfTerms() {
        job.typical();
        job.chain.register(3, otherRule());
        AuditReport report = job.audit();
        assertTrue(report.passed(), () -> String.join("\n", report.lines()));
        assertEquals(2, report.windows());
    }

    @Test
    @DisplayName("F5: a window that was computed under terms which no longer served it is named")
    void aWindowUnderOtherTermsIsNamed() {
        job.typical();
        job.chain.register(1, otherRule());
        job.assertFailure("window 1", "another rule hash for it than job.json");
    }

    @Test
    @DisplayName("F5: windows before this job file's terms are another board's, and are said to be")
    void windowsAfterAChangeOfTerms() {
        job.chain.register(0, otherRule());
        job.chain.register(2, right);
        job.submit("bank-a", 1);
        job.submit("bank-b", 1);
        job.batch();
        job.tick(2_100);
        job.tick(3_000);
        job.result(1, job.window());
        AuditReport report = job.audit();
        assertTrue(report.passed(), () -> String.join("\n", report.lines()));
        assertEquals(1, report.windows());
        assertEquals(2, report.elsewhere());
        job.chain.register(1, right);
        job.assertFailure("window 1", "the board has no skip");
    }

    @Test
    @DisplayName("F5: a registry that has other terms for the next window refuses a board without windows")
    void aBoardWithoutWindowsIsHeldAgainstTheNextOnes() {
        job.chain.register(0, otherRule());
        job.assertFailure("window 0", "another rule hash");
    }

    @Test
    @DisplayName("G9: windows before and after a rotation are judged by the key of their number")
    void eachWindowHasItsKey() {
        rotated(SampleGroup::sign, SampleGroup::signWithNext);
        AuditReport report = job.audit();
        assertTrue(report.passed(), () -> String.join("\n", report.lines()));
        assertEquals(2, report.windows());
    }

    @Test
    @DisplayName("G9: after a rotation the old key signs nothing")
    void theOldKeySignsNothingMore() {
        rotated(SampleGroup::sign, SampleGroup::sign);
        job.assertFailure("record 17 of party-1", "no signature of the group under the proven result of window 1");
    }

    @Test
    @DisplayName("G9: before its window the new key signs nothing")
    void theNewKeySignsNothingBefore() {
        rotated(SampleGroup::signWithNext, SampleGroup::signWithNext);
        job.assertFailure("record 10 of party-1", "no signature of the group under the proven result of window 0");
    }

    @Test
    @DisplayName("G9: a rotation that was announced and never recorded leaves the old key in force")
    void aRotationThatTheChainDoesNotHave() {
        rotation(1, true);
        twoWindows(SampleGroup::sign, SampleGroup::sign);
        assertTrue(job.audit().passed());
    }

    @Test
    @DisplayName("G9: a key of the registry that no two operators have approved of on the board is named")
    void aKeyThatNobodyApprovedOf() {
        rotation(1, false);
        job.chain.register(1, right.withGroupKey(SampleGroup.nextResultKey()));
        twoWindows(SampleGroup::sign, SampleGroup::signWithNext);
        job.assertFailure("window 1", "another group key");
    }

    @Test
    @DisplayName("G9: a key that serves before the window that its rotation names is named")
    void aKeyThatServesTooEarly() {
        rotation(2, true);
        job.chain.register(1, right.withGroupKey(SampleGroup.nextResultKey()));
        twoWindows(SampleGroup::sign, SampleGroup::signWithNext);
        job.assertFailure("window 1", "another group key");
    }

    @Test
    @DisplayName("G9: no key names itself: a rotation is signed by the key before it")
    void aRotationSignedByItsOwnKey() {
        rotated(SampleGroup::sign, SampleGroup::signWithNext);
        job.sign(PartyId.P2, message(1), SampleGroup::signWithNext);
        job.assertFailureAtLast(PartyId.P2, "no signature of the group under the rotation");
    }

    /** Window 0, a rotation from window 1 on that the chain has, window 1. */
    private void rotated(
            Function<GroupStatement, GroupSignature> first, Function<GroupStatement, GroupSignature> second) {
        rotation(1, true);
        job.sign(PartyId.P0, message(1));
        job.chain.register(1, right.withGroupKey(SampleGroup.nextResultKey()));
        twoWindows(first, second);
    }

    private void twoWindows(
            Function<GroupStatement, GroupSignature> first, Function<GroupStatement, GroupSignature> second) {
        job.result(1, job.sealedWindow(), first);
        job.tick(2_000);
        RootedManifest rooted = job.window();
        job.result(2, rooted, second);
    }

    private void rotation(long fromWindow, boolean approved) {
        SigningDesk desk = new SigningDesk(job.terms, job.board, new SecureRandom());
        ByteString request = desk.askForRotation(
                PartyId.P0,
                SampleWriters.key(EnrolledParty.writer(PartyId.P0))::sign,
                fromWindow,
                SampleGroup.nextResultKey());
        if (approved) {
            desk.approve(PartyId.P1, SampleWriters.key(EnrolledParty.writer(PartyId.P1))::sign, request);
        }
    }

    private RotationMessage message(long fromWindow) {
        ChainBinding chain = job.terms.definition().chain();
        return new RotationMessage(
                chain.chainId(), chain.registry(), job.terms.jobId(), fromWindow, SampleGroup.nextResultKey());
    }

    private RegisteredTerms otherRule() {
        return new RegisteredTerms(
                right.verifier(),
                right.keyDigest(),
                ByteString.copyFrom(new byte[32]),
                right.basisDigest(),
                right.groupKey(),
                right.outputs(),
                right.wordBits(),
                right.parameterWords(),
                right.policy());
    }
}
