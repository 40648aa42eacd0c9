package io.veilflow.pipeline.audit;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.admit.CheckOutcome;
import io.veilflow.pipeline.admit.ContributorHistory;
import io.veilflow.pipeline.admit.SubmissionCheck;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.board.BoardException;
import io.veilflow.pipeline.board.FileBoard;
import io.veilflow.pipeline.board.RecordOutcome;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.job.EnrolledContributor;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.submission.ComponentCommitments;
import io.veilflow.pipeline.window.CheckedRecords;
import io.veilflow.pipeline.window.WindowClock;
import io.veilflow.pipeline.wire.Payload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Every record of every log of the job, read and verified. Contributors may have written anything: what does not count has
 * its reason, as it had for the parties. Parties and the feeder may not: a record of theirs that is not signed by them fails the
 * audit.
 */
final class AuditedLogs implements CheckedRecords {
    private final FileBoard board;
    private final AuditTally tally;
    private final RecordVerifier verifier;
    private final Map<String, List<CheckOutcome>> contributors = new HashMap<>();
    private final WindowClock clock;
    private final PartyRecords parties = new PartyRecords();

    AuditedLogs(FileBoard board, JobTerms terms, ComponentCommitments commitments, AuditTally tally) {
        this.board = board;
        this.tally = tally;
        this.verifier = RecordVerifier.of(terms.definition());
        this.clock = new WindowClock(terms);
        SubmissionCheck check = new SubmissionCheck(terms, commitments);
        for (PartyId party : PartyId.values()) {
            for (BoardEntry entry : entries(EnrolledParty.writer(party))) {
                parties.add(party, entry, signed(entry));
            }
        }
        for (PartyId party : PartyId.values()) {
            for (BoardEntry entry : entries(EnrolledParty.operator(party))) {
                requireOfOperator(entry, signed(entry));
            }
        }
        entries(terms.definition().feeder().name()).forEach(this::feed);
        for (EnrolledContributor contributor : terms.definition().contributors()) {
            ContributorHistory history = new ContributorHistory();
            List<CheckOutcome> outcomes = new ArrayList<>();
            for (BoardEntry entry : entries(contributor.name())) {
                outcomes.add(check.check(entry, history));
                boolean counts = !(outcomes.get(outcomes.size() - 1) instanceof CheckOutcome.Refused);
                tally.passed(counts ? AuditReport.Check.SIGNATURES : AuditReport.Check.REFUSED);
            }
            contributors.put(contributor.name(), outcomes);
        }
    }

    @Override
    public CheckOutcome outcome(String contributor, long record) {
        return contributors.get(contributor).get((int) record);
    }

    /** After all ticks. */
    WindowClock clock() {
        return clock;
    }

    PartyRecords parties() {
        return parties;
    }

    private List<BoardEntry> entries(String log) {
        long size = board.size(log);
        List<BoardEntry> entries = new ArrayList<>();
        try {
            for (long index = 0; index < size; index++) {
                entries.add(board.read(log, index).orElseThrow());
            }
            board.read(log, size);
        } catch (BoardException damaged) {
            throw new AuditException("record " + entries.size() + " of " + log, damaged.getMessage());
        }
        if (board.trailingBytes(log) > 0) {
            throw new AuditException("record " + size + " of " + log, "is incomplete or does not match its checksum");
        }
        tally.passed(AuditReport.Check.RECORDS, size);
        return entries;
    }

    private Payload signed(BoardEntry entry) {
        RecordOutcome outcome = verifier.verify(entry);
        if (outcome instanceof RecordOutcome.Refused refused) {
            throw new AuditException(
                    entry, refused.reason() + ", or " + AuditDocuments.JOB + " is not the one it was signed under");
        }
        tally.passed(AuditReport.Check.SIGNATURES);
        return outcome.payload().orElseThrow();
    }

    private static void requireOfOperator(BoardEntry entry, Payload payload) {
        if (!payload.hasSigningRequest() && !payload.hasSigningApproval()) {
            throw new AuditException(entry, "an operator does not write a " + payload.getBodyCase());
        }
    }

    private void feed(BoardEntry entry) {
        Payload payload = signed(entry);
        switch (payload.getBodyCase()) {
            case TICK -> clock.tick(entry.index(), payload.getTick());
            case END -> {}
            case SUBMISSION,
                    WITHDRAWAL,
                    ENCRYPTION_KEY,
                    ACCEPT_LIST,
                    MANIFEST_SIGNATURE,
                    MANIFEST,
                    BATCH_OUTCOME,
                    WINDOW_RESULT,
                    WINDOW_POSTED,
                    OUTPUT_READY,
                    OUTPUT_ECHO,
                    OUTPUT_OPENING,
                    OUTPUT_ABORTED,
                    NONCE_COMMITMENTS,
                    SIGNATURE_SHARE,
                    GROUP_SIGNED,
                    WINDOWS_SKIPPED,
                    SIGNING_REQUEST,
                    SIGNING_APPROVAL,
                    SIGNING_REFUSAL,
                    ACCOUNT_PROPOSAL,
                    ACCOUNT_ANSWER,
                    BODY_NOT_SET ->
                throw new AuditException(entry, "the feeder does not write a " + payload.getBodyCase());
        }
    }
}
