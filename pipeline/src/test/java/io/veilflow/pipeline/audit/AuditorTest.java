package io.veilflow.pipeline.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.post.PostReceipt;
import io.veilflow.pipeline.post.RecordedWindow;
import io.veilflow.pipeline.sign.Assurance;
import io.veilflow.pipeline.sign.SampleGroup;
import io.veilflow.pipeline.sign.SigningRecords;
import io.veilflow.pipeline.window.BatchManifest;
import io.veilflow.pipeline.window.RootedManifest;
import io.veilflow.pipeline.wire.AcceptList;
import io.veilflow.pipeline.wire.BatchOutcome;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.Reason;
import io.veilflow.pipeline.wire.Tick;
import io.veilflow.pipeline.wire.UnitKind;
import io.veilflow.pipeline.wire.WindowPosted;
import io.veilflow.pipeline.wire.WindowResult;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything here has good checksums and signatures: what is wrong is what was signed. */
class AuditorTest {
    @TempDir
    Path directory;

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
    void anHonestJobPassesAndTheReportSaysWhatWasChecked() {
        job.typical();
        AuditReport report = job.audit();
        assertTrue(report.passed(), () -> String.join("\n", report.lines()));
        assertEquals(2, report.windows());
        assertEquals(1, report.skipped());
        assertEquals(
                Map.ofEntries(
                        Map.entry(AuditReport.Check.DOCUMENTS, 1L),
                        Map.entry(AuditReport.Check.RECORDS, 89L),
                        Map.entry(AuditReport.Check.SIGNATURES, 88L),
                        Map.entry(AuditReport.Check.REFUSED, 1L),
                        Map.entry(AuditReport.Check.ACCEPT_LISTS, 18L),
                        Map.entry(AuditReport.Check.MANIFESTS, 6L),
                        Map.entry(AuditReport.Check.SEALS, 18L),
                        Map.entry(AuditReport.Check.OUTCOMES, 9L),
                        Map.entry(AuditReport.Check.BOOKS, 5L),
                        Map.entry(AuditReport.Check.COMMITMENTS, 2L),
                        Map.entry(AuditReport.Check.PROOFS, 2L),
                        Map.entry(AuditReport.Check.RESULTS, 8L),
                        Map.entry(AuditReport.Check.OPENINGS, 18L),
                        Map.entry(AuditReport.Check.CHAIN, 2L)),
                report.counts());
        assertTrue(report.lines().stream().anyMatch(line -> line.contains("2  proofs")));
    }

    @Test
    void aJobThatHasJustBegunPasses() {
        assertTrue(job.audit().passed());
        job.submit("bank-a", 1);
        job.tick(100);
        assertTrue(job.audit().passed());
    }

    @Test
    void aWindowThatIsSignedAndNotPostedYetAwaitsTheChain() {
        RootedManifest rooted = job.sealedWindow();
        for (PartyId party : List.of(PartyId.P0, PartyId.P2)) {
            post(party, job.stated(1, rooted));
        }
        assertEquals(0, job.audit().awaiting(), "stated, and not signed by the group");
        job.sign(PartyId.P2, job.message(1, rooted));
        AuditReport report = job.audit();
        assertTrue(report.passed());
        assertEquals(1, report.awaiting());
    }

    @Test
    void aProofOfOtherBooksIsNamed() {
        RootedManifest rooted = job.sealedWindow();
        WindowResult honest = job.stated(1, rooted);
        byte[] proof = honest.getProof().toByteArray();
        ByteString other = job.market.commitments().commit(0, new byte[32], scalar(5));
        other.copyTo(proof, 256);
        post(PartyId.P1, honest.toBuilder().setProof(ByteString.copyFrom(proof)).build());
        job.assertFailure("record 6 of party-1", "OTHER_COMMITMENTS");
    }

    @Test
    void aWrongProofIsNamed() {
        RootedManifest rooted = job.sealedWindow();
        WindowResult honest = job.stated(1, rooted);
        byte[] proof = honest.getProof().toByteArray();
        proof[0] ^= 1;
        post(PartyId.P1, honest.toBuilder().setProof(ByteString.copyFrom(proof)).build());
        job.assertFailure("record 6 of party-1", "INVALID_PROOF");
    }

    @Test
    void aProofOfAnotherLevelIsNamed() {
        RootedManifest rooted = job.sealedWindow();
        WindowResult two = job.stated(2, rooted);
        WindowResult one = job.stated(1, rooted);
        post(PartyId.P0, two.toBuilder().setProof(one.getProof()).build());
        job.assertFailure("record 7 of party-0", "INVALID_PROOF");
    }

    @Test
    void otherPublicValuesThanWereSealedAreNamed() {
        RootedManifest rooted = job.sealedWindow();
        WindowResult honest = job.stated(1, rooted);
        BigInteger word = new BigInteger(1, honest.getVariableWords(0).toByteArray());
        byte[] changed = new byte[32];
        byte[] bytes = word.flipBit(5).toByteArray();
        System.arraycopy(bytes, 0, changed, 32 - bytes.length, bytes.length);
        post(
                PartyId.P1,
                honest.toBuilder()
                        .setVariableWords(0, ByteString.copyFrom(changed))
                        .build());
        job.assertFailure("record 6 of party-1", "other public values");
    }

    @Test
    void wordsOutsideTheirWidthsAreNamed() {
        WindowResult honest = job.stated(1, job.sealedWindow());
        byte[] word = honest.getVariableWords(0).toByteArray();
        word[0] = 1;
        post(
                PartyId.P1,
                honest.toBuilder()
                        .setVariableWords(0, ByteString.copyFrom(word))
                        .build());
        job.assertFailure("record 6 of party-1", "not of this rule");
    }

    @Test
    @DisplayName("G5, G6: a signature that is not the group's, or under something that nobody has stated, is named")
    void aSignatureThatIsNotTheGroupsIsNamed() {
        RootedManifest rooted = job.sealedWindow();
        post(PartyId.P1, job.stated(1, rooted));
        ByteString digest = ByteString.copyFrom(job.message(1, rooted).digest());
        job.party(PartyId.P2, SigningRecords.payload(digest, SampleGroup.sign(job.message(2, rooted))));
        job.assertFailure("record 6 of party-2", "no signature of the group");
    }

    @Test
    @DisplayName("G5: a signature under something that nobody has stated is named")
    void aSignatureUnderWhatNobodyStatedIsNamed() {
        RootedManifest rooted = job.sealedWindow();
        job.sign(PartyId.P2, job.message(2, rooted));
        job.assertFailure("record 6 of party-2", "nobody has stated");
    }

    @Test
    @DisplayName("C20: a result that names another profile than the job's is named")
    void aResultOfAnotherProfileOrAssuranceIsNamed() {
        WindowResult honest = job.stated(1, job.sealedWindow());
        post(PartyId.P1, honest.toBuilder().setProfile("S").build());
        job.assertFailure("record 6 of party-1", "profile");
    }

    @Test
    @DisplayName("C20: an attested result is no proven one")
    void aResultOfAnotherAssuranceIsNamed() {
        WindowResult honest = job.stated(1, job.sealedWindow());
        post(
                PartyId.P1,
                honest.toBuilder().setAssurance(Assurance.ATTESTED.code()).build());
        job.assertFailure("record 6 of party-1", "attested, and has a proof");
    }

    @Test
    void twoPartiesWithTwoResultsAreNamed() {
        RootedManifest rooted = job.sealedWindow();
        post(PartyId.P0, job.stated(1, rooted));
        post(PartyId.P2, job.stated(2, rooted));
        job.assertFailure("record 6 of party-2", "another result");
    }

    @Test
    void aSecondResultOfOnePartyIsNamed() {
        RootedManifest rooted = job.sealedWindow();
        post(PartyId.P1, job.stated(1, rooted));
        post(PartyId.P1, job.stated(2, rooted));
        job.assertFailure("record 7 of party-1", "contradicts record 6 of party-1");
    }

    @Test
    void aResultOfAWindowWithTooFewContributorsIsNamed() {
        job.submit("bank-a", 1);
        job.batch();
        job.tick(100);
        job.tick(1_000);
        RootedManifest rooted = job.window();
        post(PartyId.P1, job.stated(1, rooted));
        job.assertFailure("record 6 of party-1", "too few contributors");
    }

    @Test
    void theChainMustSayTheSame() {
        RootedManifest rooted = job.sealedWindow();
        job.result(1, rooted);
        assertTrue(job.audit().passed());
        job.chain.post(job.message(2, rooted));
        job.assertFailure("window 0", "something else");
        RecordedWindow right = recorded(1, rooted);
        job.chain.put(
                new RecordedWindow(0, List.of(BigInteger.TWO), Assurance.PROVEN, 1, right.statementTag()),
                receipt(1, rooted));
        job.assertFailure("window 0", "something else");
        job.chain.put(
                new RecordedWindow(0, List.of(BigInteger.ONE), Assurance.ATTESTED, 1, right.statementTag()),
                receipt(1, rooted));
        job.assertFailure("window 0", "the chain says ATTESTED");
        job.chain.put(right, receipt(2, rooted));
        job.assertFailure("window 0", "another manifest or statement");
    }

    @Test
    void aWindowOnTheChainAloneIsNamed() {
        RootedManifest rooted = job.sealedWindow();
        job.chain.post(job.message(1, rooted));
        job.assertFailure("window 0", "no signed result");
    }

    @Test
    void aWindowThatTheChainPassedOverIsNamed() {
        job.typical();
        job.chain.remove(0);
        job.assertFailure("window 0", "passed it over");
    }

    @Test
    void aTransactionThatIsNotTheChainsIsNamed() {
        RootedManifest rooted = job.sealedWindow();
        job.result(1, rooted);
        WindowPosted other = WindowPosted.newBuilder()
                .setWindow(0)
                .setTransaction(RecordedChain.transaction(9))
                .setGas(RecordedChain.GAS)
                .setAssurance(Assurance.PROVEN.code())
                .build();
        job.party(PartyId.P1, Payload.newBuilder().setWindowPosted(other).build());
        job.assertFailure("record 11 of party-1", "another transaction");
    }

    @Test
    void aListThatSaysOtherwiseThanTheLogsIsNamed() {
        job.submit("bank-a", 1);
        BatchManifest batch = job.batch();
        AcceptList empty = AcceptList.newBuilder()
                .setKind(UnitKind.BATCH)
                .setId(1)
                .setCut(batch.rooted().manifest().getHeader().getCut())
                .build();
        AcceptList again = empty.toBuilder()
                .addDecisions(job.outcome("bank-a", 0).decision())
                .build();
        job.party(PartyId.P0, Payload.newBuilder().setAcceptList(empty).build());
        job.party(PartyId.P1, Payload.newBuilder().setAcceptList(empty).build());
        assertTrue(job.audit().passed(), "the third list may still come");
        job.party(PartyId.P2, Payload.newBuilder().setAcceptList(again).build());
        job.assertFailure("record 4 of party-2", "WRONG_LIST by P2");
    }

    @Test
    void aUnitOutOfOrderIsNamed() {
        AcceptList fifth =
                AcceptList.newBuilder().setKind(UnitKind.BATCH).setId(5).build();
        job.party(PartyId.P0, Payload.newBuilder().setAcceptList(fifth).build());
        job.assertFailure("record 1 of party-0", "batch 0 is next");
    }

    @Test
    void aWindowThatTheTicksHaveNotClosedIsNamed() {
        AcceptList early =
                AcceptList.newBuilder().setKind(UnitKind.WINDOW).setId(0).build();
        job.party(PartyId.P0, Payload.newBuilder().setAcceptList(early).build());
        job.assertFailure("record 1 of party-0", "none is next");
    }

    @Test
    void aRecordAboutAUnitThatWasNeverProposedIsNamed() {
        AcceptList list = AcceptList.newBuilder().setKind(UnitKind.BATCH).build();
        job.party(PartyId.P1, Payload.newBuilder().setAcceptList(list).build());
        job.assertFailure("record 1 of party-1", "never proposed");
    }

    @Test
    void anOutcomeThatDropsADecisionIsNamed() {
        job.submit("bank-a", 1);
        BatchManifest batch = job.batch();
        BatchOutcome dropped =
                BatchOutcome.newBuilder().setManifestRoot(batch.rooted().root()).build();
        job.party(PartyId.P2, Payload.newBuilder().setBatchOutcome(dropped).build());
        job.assertFailure("record 4 of party-2", "contradicts record 3 of party-2");
    }

    @Test
    void aPartyThatWritesATickIsNamed() {
        job.party(
                PartyId.P1,
                Payload.newBuilder().setTick(Tick.getDefaultInstance()).build());
        job.assertFailure("record 1 of party-1", "does not write a TICK");
    }

    @Test
    void aRegistryWithOtherTermsIsNamed() {
        job.chain.register(0, RecordedChain.right(job.terms).withGroupKey(ByteString.copyFrom(new byte[33])));
        job.assertFailure("window 0", "another group key");
    }

    @Test
    void aFolderThatIsNoBoardIsAFailure() throws IOException {
        Path empty = Files.createDirectory(directory.resolve("empty"));
        AuditReport report = new Auditor(empty, job.chain, new PlainProofSystem(job.market.commitments())).run();
        assertEquals("job.json", report.failure().orElseThrow().place());
    }

    @Test
    void refusedSubmissionsOfContributorsAreNoFailure() {
        job.submit("bank-a", 1);
        job.submit("bank-a", 1);
        job.batch();
        assertEquals(Reason.REPLAYED, job.outcome("bank-a", 1).reason());
        AuditReport report = job.audit();
        assertTrue(report.passed());
        assertEquals(1, report.counts().get(AuditReport.Check.REFUSED));
    }

    private void post(PartyId party, WindowResult result) {
        job.party(party, Payload.newBuilder().setWindowResult(result).build());
    }

    private RecordedWindow recorded(int level, RootedManifest rooted) {
        return new RecordedWindow(
                0,
                List.of(BigInteger.valueOf(level)),
                Assurance.PROVEN,
                1,
                job.message(level, rooted).tag());
    }

    private PostReceipt receipt(int level, RootedManifest rooted) {
        return new PostReceipt(
                0,
                RecordedChain.transaction(0),
                1,
                RecordedChain.GAS,
                rooted.root(),
                ByteString.copyFrom(job.message(level, rooted).digest()));
    }

    private static byte[] scalar(int value) {
        byte[] scalar = new byte[32];
        scalar[31] = (byte) value;
        return scalar;
    }
}
