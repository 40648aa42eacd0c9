package io.veilflow.pipeline.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.threshold.GroupSignature;
import io.veilflow.pipeline.admit.CheckOutcome;
import io.veilflow.pipeline.admit.ContributorHistory;
import io.veilflow.pipeline.admit.SubmissionCheck;
import io.veilflow.pipeline.board.FileBoard;
import io.veilflow.pipeline.contributor.BookEncoder;
import io.veilflow.pipeline.job.EnrolledContributor;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.JobFile;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.sign.Assurance;
import io.veilflow.pipeline.sign.GroupStatement;
import io.veilflow.pipeline.sign.ResultMessage;
import io.veilflow.pipeline.sign.SampleGroup;
import io.veilflow.pipeline.sign.SigningRecords;
import io.veilflow.pipeline.submission.SampleMarket;
import io.veilflow.pipeline.window.AcceptLists;
import io.veilflow.pipeline.window.Admissions;
import io.veilflow.pipeline.window.BatchManifest;
import io.veilflow.pipeline.window.ClosedWindow;
import io.veilflow.pipeline.window.Cuts;
import io.veilflow.pipeline.window.Manifests;
import io.veilflow.pipeline.window.RootedManifest;
import io.veilflow.pipeline.window.WindowClock;
import io.veilflow.pipeline.wire.AcceptList;
import io.veilflow.pipeline.wire.BatchOutcome;
import io.veilflow.pipeline.wire.Cut;
import io.veilflow.pipeline.wire.Decision;
import io.veilflow.pipeline.wire.LogPosition;
import io.veilflow.pipeline.wire.ManifestEntry;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.Tick;
import io.veilflow.pipeline.wire.UnitKind;
import io.veilflow.pipeline.wire.WindowPosted;
import io.veilflow.pipeline.wire.WindowResult;
import io.veilflow.pipeline.wire.Withdrawal;
import io.veilflow.zk.field.ScalarField;
import io.veilflow.zk.rule.PublicValues;
import io.veilflow.zk.statement.ContextHash;
import io.veilflow.zk.statement.Statement;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Writes a board as three honest parties would leave it, and what they would post, step by step as a test says. Every step can
 * be changed before it is written.
 */
final class RecordedJob implements AutoCloseable {
    final SampleMarket market = new SampleMarket();
    final JobTerms terms = market.terms();
    final RecordedChain chain = new RecordedChain(terms);
    final FileBoard board;

    private final Path directory;
    private final Map<String, List<CheckOutcome>> outcomes = new HashMap<>();
    private final Map<String, ContributorHistory> histories = new HashMap<>();
    private final SubmissionCheck check = new SubmissionCheck(terms, market.commitments());
    private final BookEncoder encoder = new BookEncoder(terms, market.commitments(), new SecureRandom());
    private final WindowClock clock = new WindowClock(terms);
    private final Manifests manifests = new Manifests(terms, this::outcome);
    private final Admissions admissions = new Admissions(terms, this::outcome);
    private long batches;
    private long nextWindow;

    RecordedJob(Path directory) throws IOException {
        this.directory = directory;
        Files.write(directory.resolve(Auditor.JOB_FILE), JobFile.bytes(terms.definition()));
        Files.write(directory.resolve(Auditor.VERIFYING_KEY_FILE), SampleMarket.VERIFYING_KEY);
        Files.write(directory.resolve(Auditor.BASIS_FILE), market.commitments().basisBytes());
        board = FileBoard.open(directory);
        for (EnrolledContributor contributor : terms.definition().contributors()) {
            outcomes.put(contributor.name(), new ArrayList<>());
            histories.put(contributor.name(), new ContributorHistory());
        }
        market.publishKeys(board);
    }

    /** Two windows, three batches, a refused record, a withdrawal, a skipped window. */
    void typical() {
        submit("bank-a", 1);
        submit("bank-b", 1);
        batch();
        tick(100);
        tick(1_000);
        result(0, window());
        submit("bank-c", 1);
        submit("bank-c", 1);
        withdraw("bank-b", 2);
        batch();
        tick(2_000);
        result(1, window());
        withdraw("bank-c", 2);
        batch();
        tick(3_000);
        window();
    }

    /** The first window, over two books. */
    RootedManifest sealedWindow() {
        submit("bank-a", 1);
        submit("bank-b", 1);
        batch();
        tick(100);
        tick(1_000);
        return window();
    }

    AuditReport audit() {
        return new Auditor(directory, chain, new PlainProofSystem(market.commitments())).run();
    }

    /** The audit must end at this place, for a reason that has these words. */
    void assertFailure(String place, String what) {
        AuditReport.Failure failure =
                audit().failure().orElseThrow(() -> new AssertionError("passed, and should fail at " + place));
        assertEquals(place, failure.place(), failure.what());
        assertTrue(failure.what().contains(what), failure.what());
    }

    /** The same at the last record of a party. */
    void assertFailureAtLast(PartyId party, String what) {
        String log = EnrolledParty.writer(party);
        assertFailure("record " + (board.size(log) - 1) + " of " + log, what);
    }

    CheckOutcome outcome(String contributor, long record) {
        return outcomes.get(contributor).get((int) record);
    }

    void submit(String bank, long sequence) {
        record(
                bank,
                Payload.newBuilder()
                        .setSubmission(encoder.encode(
                                market.contributor(bank),
                                sequence,
                                0,
                                market.numbers(bank, BigInteger.valueOf(1L << 40)),
                                SampleMarket.partyKeys()))
                        .build());
    }

    void withdraw(String bank, long sequence) {
        record(
                bank,
                Payload.newBuilder()
                        .setWithdrawal(
                                Withdrawal.newBuilder().setJobId(terms.jobId()).setSequence(sequence))
                        .build());
    }

    void tick(long timeMillis) {
        ByteString price = ByteString.copyFrom(new byte[] {7, (byte) (timeMillis / 100)});
        Tick tick = Tick.newBuilder()
                .setTimeMillis(timeMillis)
                .addValues(price)
                .addValues(price)
                .build();
        clock.tick(board.size("feeder"), tick);
        market.append(board, "feeder", Payload.newBuilder().setTick(tick).build());
    }

    void party(PartyId party, Payload payload) {
        market.append(board, EnrolledParty.writer(party), payload);
    }

    /** All records so far become one batch. */
    BatchManifest batch() {
        Cut cut = cut();
        List<Decision> decisions = new ArrayList<>();
        for (String bank : outcomes.keySet()) {
            for (long i = Cuts.records(admissions.decidedUpTo(), bank); i < Cuts.records(cut, bank); i++) {
                decisions.add(outcome(bank, i).decision());
            }
        }
        AcceptList list = AcceptLists.of(UnitKind.BATCH, batches++, 0, cut, decisions);
        list(list);
        BatchManifest batch = manifests.batch(admissions.decidedUpTo(), List.of(list, list, list));
        seal(batch.rooted());
        int entries = batch.rooted().manifest().getEntriesCount();
        List<Decision> decided = batch.outcome(Collections.nCopies(entries, true));
        BatchOutcome outcome = BatchOutcome.newBuilder()
                .setId(list.getId())
                .setManifestRoot(batch.rooted().root())
                .addAllDecisions(decided)
                .build();
        for (PartyId party : PartyId.values()) {
            party(party, Payload.newBuilder().setBatchOutcome(outcome).build());
        }
        admissions.apply(cut, decided);
        return batch;
    }

    /** The next window that the ticks have closed. */
    RootedManifest window() {
        ClosedWindow closed = clock.firstClosedFrom(nextWindow).orElseThrow();
        List<Decision> inForce = admissions.inForce(closed.window());
        AcceptList list = AcceptLists.of(UnitKind.WINDOW, closed.window(), 0, cut(), inForce);
        list(list);
        RootedManifest rooted = manifests.window(closed, inForce, List.of(list, list, list));
        party(PartyId.P0, Payload.newBuilder().setManifest(rooted.manifest()).build());
        seal(rooted);
        admissions.windowSealed(closed.window());
        nextWindow = closed.window() + 1;
        return rooted;
    }

    /** A proven result, opened, stated by all, signed by the group, posted. */
    void result(int level, RootedManifest rooted) {
        result(level, rooted, SampleGroup::sign);
    }

    /** @param group what signs */
    void result(int level, RootedManifest rooted, Function<GroupStatement, GroupSignature> group) {
        ResultMessage message = message(level, rooted);
        new RecordedOpening(this, rooted).post(level);
        for (PartyId party : PartyId.values()) {
            party(
                    party,
                    Payload.newBuilder().setWindowResult(stated(level, rooted)).build());
        }
        sign(PartyId.P1, message, group);
        chain.post(message);
        party(
                PartyId.P0,
                Payload.newBuilder()
                        .setWindowPosted(WindowPosted.newBuilder()
                                .setWindow(message.window())
                                .setTransaction(RecordedChain.transaction(message.window()))
                                .setGas(RecordedChain.GAS)
                                .setAssurance(Assurance.PROVEN.code()))
                        .build());
    }

    /** The group's signature, posted by a party. */
    void sign(PartyId party, GroupStatement statement) {
        sign(party, statement, SampleGroup::sign);
    }

    void sign(PartyId party, GroupStatement statement, Function<GroupStatement, GroupSignature> group) {
        party(party, SigningRecords.payload(ByteString.copyFrom(statement.digest()), group.apply(statement)));
    }

    WindowResult stated(int level, RootedManifest rooted) {
        ResultMessage message = message(level, rooted);
        return WindowResult.newBuilder()
                .setWindow(message.window())
                .setManifestRoot(rooted.root())
                .addAllVariableWords(message.variableWords())
                .setProof(ByteString.copyFrom(PlainProofSystem.prove(
                        SampleMarket.VERIFYING_KEY, statement(level, rooted), commitments(rooted))))
                .setAssurance(Assurance.PROVEN.code())
                .setProfile(terms.definition().profile().name())
                .build();
    }

    ResultMessage message(int level, RootedManifest rooted) {
        Statement statement = statement(level, rooted);
        int variable = terms.rule().publicWords().variableWords();
        byte[] proof = PlainProofSystem.prove(SampleMarket.VERIFYING_KEY, statement, commitments(rooted));
        return new ResultMessage(
                terms.definition().chain().chainId(),
                terms.definition().chain().registry(),
                terms.jobId(),
                rooted.manifest().getHeader().getId(),
                rooted.root(),
                terms.ruleHash(),
                ByteString.copyFrom(proof, 256, 64),
                statement.words().subList(0, variable).stream()
                        .map(word -> ByteString.copyFrom(ScalarField.encode(word)))
                        .toList(),
                Assurance.PROVEN);
    }

    @Override
    public void close() {
        board.close();
    }

    private void list(AcceptList list) {
        for (PartyId party : PartyId.values()) {
            party(party, Payload.newBuilder().setAcceptList(list).build());
        }
    }

    private void seal(RootedManifest rooted) {
        for (PartyId party : PartyId.values()) {
            party(
                    party,
                    Payload.newBuilder()
                            .setManifestSignature(rooted.signature())
                            .build());
        }
    }

    private void record(String bank, Payload payload) {
        market.append(board, bank, payload);
        long last = board.size(bank) - 1;
        outcomes.get(bank).add(check.check(board.read(bank, last).orElseThrow(), histories.get(bank)));
    }

    private Cut cut() {
        return Cuts.of(terms, log -> LogPosition.newBuilder()
                .setWriter(log)
                .setRecords(board.size(log))
                .setHead(board.head(log, board.size(log)))
                .build());
    }

    private Statement statement(int level, RootedManifest rooted) {
        List<BigInteger> inputs = rooted.manifest().getHeader().getPublicValuesList().stream()
                .map(value -> new BigInteger(1, value.toByteArray()))
                .toList();
        ContextHash context = ContextHash.of(
                terms.definition().chain().chainId(),
                terms.definition().chain().registry().toByteArray(),
                terms.jobId().toByteArray(),
                rooted.manifest().getHeader().getId(),
                rooted.root().toByteArray());
        return Statement.of(
                terms.rule(), context, PublicValues.allUsed(terms.rule(), List.of(BigInteger.valueOf(level)), inputs));
    }

    private static List<ByteString> commitments(RootedManifest rooted) {
        return rooted.manifest().getEntriesList().stream()
                .map(ManifestEntry::getCommitmentsList)
                .flatMap(List::stream)
                .toList();
    }
}
