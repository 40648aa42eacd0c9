package io.veilflow.pipeline.audit;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.board.BoardException;
import io.veilflow.pipeline.board.FileBoard;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.post.ChainHistory;
import io.veilflow.pipeline.sign.Assurance;
import io.veilflow.pipeline.sign.ResultMessage;
import io.veilflow.pipeline.submission.ComponentCommitments;
import io.veilflow.pipeline.window.Manifests;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Checks a job from the board's folder and the chain alone (DESIGN 2, step 10): all records and their signatures, every manifest
 * from the three accept lists, one book for each slot, the sum of the commitments against the proof's, the proof, the
 * group's signatures under the key of their window, order of windows, and what the registry holds. Stops at the first thing that is not as it must be, and
 * names it.
 *
 * <p>The folder holds the logs and three documents: {@value #JOB_FILE}, {@value #VERIFYING_KEY_FILE} and
 * {@value #BASIS_FILE}. Nothing in it is believed for standing there.
 */
public final class Auditor {
    public static final String JOB_FILE = AuditDocuments.JOB;
    public static final String VERIFYING_KEY_FILE = AuditDocuments.VERIFYING_KEY;
    public static final String BASIS_FILE = AuditDocuments.BASIS;

    private final Path directory;
    private final ChainHistory chain;
    private final ProofSystem proofs;

    /**
     * @param directory of the board
     * @param chain the registry, as the auditor's own node shows it
     */
    public Auditor(Path directory, ChainHistory chain) {
        this(directory, chain, new NativeProofSystem());
    }

    Auditor(Path directory, ChainHistory chain, ProofSystem proofs) {
        this.directory = directory;
        this.chain = chain;
        this.proofs = proofs;
    }

    /**
     * @throws io.veilflow.pipeline.post.SettlementException if the node does not answer or does not know registry or job: then
     *     nothing is known
     */
    public AuditReport run() {
        AuditTally tally = new AuditTally();
        try (FileBoard board = FileBoard.open(directory)) {
            audit(board, tally);
            return tally.report(Optional.empty());
        } catch (AuditException failed) {
            return tally.report(Optional.of(failed.failure()));
        } catch (BoardException unreadable) {
            return tally.report(Optional.of(new AuditReport.Failure(unreadable.log(), unreadable.getMessage())));
        }
    }

    private void audit(FileBoard board, AuditTally tally) {
        AuditDocuments documents = AuditDocuments.read(directory);
        tally.jobRead(documents.terms().definition().profile());
        documents.requirePlace(chain);
        JobTerms terms = documents.terms();
        ComponentCommitments commitments = proofs.commitments(terms, documents.basis());
        tally.passed(AuditReport.Check.DOCUMENTS);
        AuditedLogs logs = new AuditedLogs(board, terms, commitments, tally);
        RequestAudit requests = new RequestAudit(terms, board);
        TermsAudit registered = new TermsAudit(terms, chain, requests.rotations());
        GroupSignatureAudit signatures = new GroupSignatureAudit(logs.parties(), tally);
        WindowAudit results = new WindowAudit(documents, logs.parties(), proofs, tally, signatures);
        ChainAudit onChain = new ChainAudit(terms, chain, logs.parties(), tally, registered);
        SkipAudit skips = new SkipAudit(terms, logs, signatures, registered);
        OpeningAudit openings = new OpeningAudit(documents, logs.parties(), tally);
        Manifests manifests = new Manifests(terms, logs);
        new UnitReplay(terms, board, logs, tally, (unit, rooted) -> {
                    ByteString key = registered.keyOf(unit.id());
                    if (!manifests.hasEnoughContributors(rooted.manifest())) {
                        requireNoResult(logs.parties(), unit);
                        skips.tooFewContributors(unit.id());
                        tally.windowSkipped();
                        return true;
                    }
                    List<ResultMessage> signed = results.results(unit, rooted, key);
                    openings.check(
                            unit.id(), rooted, signed.stream().findFirst().map(ResultMessage::variableWords));
                    signed.forEach(message -> onChain.signed(unit.id(), message));
                    return !signed.isEmpty() || skips.notComputable(unit.id());
                })
                .run();
        skips.run().forEach(onChain::skipped);
        requests.run(signatures, registered);
        registered.run();
        signatures.run();
        onChain.run();
    }

    private static void requireNoResult(PartyRecords parties, PartyRecords.Unit unit) {
        for (Assurance assurance : Assurance.values()) {
            parties.results(unit.id(), assurance).values().forEach(posted -> {
                throw new AuditException(posted.entry(), "is a result of " + unit + ", which has too few contributors");
            });
        }
        if (!parties.attempts(unit.id()).isEmpty()) {
            throw new AuditException(unit.toString(), "has too few contributors, and its outputs were to be opened");
        }
    }
}
