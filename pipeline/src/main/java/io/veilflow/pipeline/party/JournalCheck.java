package io.veilflow.pipeline.party;

import io.veilflow.pipeline.board.Board;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.journal.Journal;
import io.veilflow.pipeline.journal.JournalEntry;
import io.veilflow.pipeline.journal.JournalException;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.UnitKind;

/**
 * Whether a party's journal is as new as its own log on the board: whatever binds a party is journalled before it is posted, so a
 * record without its entry shows a journal that was lost, or put back from an older copy (THREATS D3, D9).
 */
final class JournalCheck {
    private final Journal journal;
    private final String writer;
    private long index;

    private JournalCheck(Journal journal, String writer) {
        this.journal = journal;
        this.writer = writer;
    }

    /** @throws JournalException naming the first record that the journal does not know */
    static void requireAsNew(RecordVerifier verifier, Journal journal, Board board, String writer) {
        JournalCheck check = new JournalCheck(journal, writer);
        OwnRecords.forEach(verifier, board, writer, check::check);
    }

    private void check(Payload payload) {
        switch (payload.getBodyCase()) {
            case ACCEPT_LIST ->
                require(
                        JournalEntry.Type.ACCEPT_LIST,
                        payload.getAcceptList().getKind(),
                        payload.getAcceptList().getId(),
                        payload.getAcceptList().getRound());
            case MANIFEST_SIGNATURE ->
                require(
                        JournalEntry.Type.MANIFEST,
                        payload.getManifestSignature().getKind(),
                        payload.getManifestSignature().getId(),
                        payload.getManifestSignature().getRound());
            case BATCH_OUTCOME ->
                require(
                        JournalEntry.Type.BATCH_OUTCOME,
                        UnitKind.BATCH,
                        payload.getBatchOutcome().getId(),
                        Sealer.ROUND);
            case OUTPUT_READY ->
                requireOfWindow(
                        JournalEntry.Type.OUTPUT_READY,
                        payload.getOutputReady().getWindow(),
                        payload.getOutputReady().getAttempt());
            case OUTPUT_OPENING ->
                requireOfWindow(
                        JournalEntry.Type.OUTPUT_OPENING,
                        payload.getOutputOpening().getWindow(),
                        payload.getOutputOpening().getAttempt());
            case OUTPUT_ABORTED ->
                requireOfWindow(
                        JournalEntry.Type.OUTPUT_ABORT,
                        payload.getOutputAborted().getWindow(),
                        payload.getOutputAborted().getAttempt());
            case WINDOW_RESULT ->
                requireOfWindow(
                        JournalEntry.Type.SIGNATURE,
                        payload.getWindowResult().getWindow(),
                        payload.getWindowResult().getAssurance());
            case WINDOWS_SKIPPED ->
                requireOfWindow(
                        JournalEntry.Type.SKIP,
                        payload.getWindowsSkipped().getFirstWindow(),
                        payload.getWindowsSkipped().getReason());
            case WINDOW_POSTED ->
                requireOfWindow(
                        JournalEntry.Type.TRANSACTION,
                        payload.getWindowPosted().getWindow(),
                        payload.getWindowPosted().getAssurance());
            case ENCRYPTION_KEY,
                    MANIFEST,
                    OUTPUT_ECHO,
                    NONCE_COMMITMENTS,
                    SIGNATURE_SHARE,
                    GROUP_SIGNED,
                    SIGNING_REFUSAL,
                    ACCOUNT_PROPOSAL,
                    ACCOUNT_ANSWER,
                    SUBMISSION,
                    WITHDRAWAL,
                    TICK,
                    END,
                    SIGNING_REQUEST,
                    SIGNING_APPROVAL,
                    BODY_NOT_SET -> {}
            default ->
                throw new IllegalStateException(
                        "whether " + payload.getBodyCase() + " binds its party has not been said here");
        }
        index++;
    }

    private void requireOfWindow(JournalEntry.Type type, long window, int number) {
        require(type, UnitKind.WINDOW, window, number);
    }

    private void require(JournalEntry.Type type, UnitKind kind, long id, int number) {
        if (journal.content(type, kind, id, number).isEmpty()) {
            throw new JournalException(
                    "the journal is older than what " + writer + " has posted: it knows nothing of " + type
                            + " of " + kind + " " + id + ", record " + index
                            + " of its log. An older copy of the state folder must not be used: put back the newest one");
        }
    }
}
