package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.journal.JournalEntry;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.UnitKind;
import java.util.Optional;

/** What a party has journalled before it posted a record. */
final class BindingRecord {
    private BindingRecord() {}

    /**
     * The entry behind a record; empty if the record binds nobody anew. Its content is what the journal keeps, as far as the record has it:
     * of a manifest the root alone.
     */
    static Optional<JournalEntry> entry(Payload payload) {
        return switch (payload.getBodyCase()) {
            case ACCEPT_LIST ->
                of(
                        JournalEntry.Type.ACCEPT_LIST,
                        payload.getAcceptList().getKind(),
                        payload.getAcceptList().getId(),
                        payload.getAcceptList().getRound(),
                        payload.getAcceptList().toByteString());
            case MANIFEST_SIGNATURE ->
                of(
                        JournalEntry.Type.MANIFEST,
                        payload.getManifestSignature().getKind(),
                        payload.getManifestSignature().getId(),
                        payload.getManifestSignature().getRound(),
                        payload.getManifestSignature().getRoot());
            case BATCH_OUTCOME ->
                of(
                        JournalEntry.Type.BATCH_OUTCOME,
                        UnitKind.BATCH,
                        payload.getBatchOutcome().getId(),
                        Sealer.ROUND,
                        payload.getBatchOutcome().toByteString());
            case OUTPUT_READY ->
                window(
                        JournalEntry.Type.OUTPUT_READY,
                        payload.getOutputReady().getWindow(),
                        payload.getOutputReady().getAttempt(),
                        payload.getOutputReady().toByteString());
            case OUTPUT_OPENING ->
                window(
                        JournalEntry.Type.OUTPUT_OPENING,
                        payload.getOutputOpening().getWindow(),
                        payload.getOutputOpening().getAttempt(),
                        ByteString.EMPTY);
            case OUTPUT_ABORTED ->
                window(
                        JournalEntry.Type.OUTPUT_ABORT,
                        payload.getOutputAborted().getWindow(),
                        payload.getOutputAborted().getAttempt(),
                        ByteString.EMPTY);
            case WINDOW_RESULT ->
                window(
                        JournalEntry.Type.SIGNATURE,
                        payload.getWindowResult().getWindow(),
                        payload.getWindowResult().getAssurance(),
                        payload.getWindowResult().toByteString());
            case WINDOWS_SKIPPED ->
                window(
                        JournalEntry.Type.SKIP,
                        payload.getWindowsSkipped().getFirstWindow(),
                        payload.getWindowsSkipped().getReason(),
                        payload.getWindowsSkipped().toByteString());
            case WINDOW_POSTED ->
                window(
                        JournalEntry.Type.TRANSACTION,
                        payload.getWindowPosted().getWindow(),
                        payload.getWindowPosted().getAssurance(),
                        payload.getWindowPosted().toByteString());
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
                    BODY_NOT_SET -> Optional.empty();
        };
    }

    private static Optional<JournalEntry> window(JournalEntry.Type type, long window, int number, ByteString content) {
        return of(type, UnitKind.WINDOW, window, number, content);
    }

    private static Optional<JournalEntry> of(
            JournalEntry.Type type, UnitKind kind, long id, int number, ByteString content) {
        return Optional.of(new JournalEntry(type, kind, id, number, content));
    }
}
