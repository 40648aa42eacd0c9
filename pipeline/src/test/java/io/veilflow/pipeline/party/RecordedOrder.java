package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.board.BoardWriter;
import io.veilflow.pipeline.journal.Journal;
import io.veilflow.pipeline.journal.JournalEntry;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.UnitKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Passes everything on to a journal and a log, and notes in which order a party used them. */
final class RecordedOrder {
    private final List<String> steps = new ArrayList<>();
    private String held = "";

    /** In order: "journal TYPE KIND id" and "post CASE KIND id". */
    synchronized List<String> steps() {
        return List.copyOf(steps);
    }

    /** The party stops after this step, until it is {@link #release}d. */
    synchronized void holdAfter(String step) {
        held = step;
    }

    synchronized void release() {
        held = "";
        notifyAll();
    }

    private synchronized void pass(String step) {
        try {
            while (held.equals(step)) {
                wait();
            }
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    Journal journal(Journal inner) {
        return new Journal() {
            @Override
            public void append(JournalEntry entry) {
                inner.append(entry);
                note("journal " + entry.type() + " " + entry.kind() + " " + entry.id());
            }

            @Override
            public long largestEpoch() {
                return inner.largestEpoch();
            }

            @Override
            public int largestAttempt(UnitKind kind, long id) {
                return inner.largestAttempt(kind, id);
            }

            @Override
            public Optional<ByteString> outputs(UnitKind kind, long id) {
                return inner.outputs(kind, id);
            }

            @Override
            public void close() {
                inner.close();
            }
        };
    }

    BoardWriter log(BoardWriter inner) {
        return new BoardWriter() {
            @Override
            public String name() {
                return inner.name();
            }

            @Override
            public BoardEntry append(Payload payload) {
                String step = post(payload);
                note(step);
                BoardEntry entry = inner.append(payload);
                pass(step);
                return entry;
            }

            @Override
            public void close() {
                inner.close();
            }
        };
    }

    private static String post(Payload payload) {
        return switch (payload.getBodyCase()) {
            case ACCEPT_LIST ->
                "post ACCEPT_LIST " + payload.getAcceptList().getKind() + " "
                        + payload.getAcceptList().getId();
            case MANIFEST_SIGNATURE ->
                "post MANIFEST "
                        + payload.getManifestSignature().getKind() + " "
                        + payload.getManifestSignature().getId();
            case BATCH_OUTCOME ->
                "post BATCH_OUTCOME BATCH " + payload.getBatchOutcome().getId();
            case WINDOW_RESULT ->
                "post SIGNATURE WINDOW " + payload.getWindowResult().getWindow();
            case WINDOW_POSTED ->
                "post TRANSACTION WINDOW " + payload.getWindowPosted().getWindow();
            case OUTPUT_READY ->
                "post OUTPUT_READY WINDOW " + payload.getOutputReady().getWindow();
            case OUTPUT_OPENING ->
                "post OUTPUT_OPENING WINDOW " + payload.getOutputOpening().getWindow();
            case WINDOWS_SKIPPED ->
                "post SKIP WINDOW " + payload.getWindowsSkipped().getFirstWindow();
            case OUTPUT_ABORTED ->
                "post OUTPUT_ABORT WINDOW " + payload.getOutputAborted().getWindow();
            case ENCRYPTION_KEY,
                    MANIFEST,
                    OUTPUT_ECHO,
                    NONCE_COMMITMENTS,
                    SIGNATURE_SHARE,
                    GROUP_SIGNED,
                    SIGNING_REFUSAL,
                    ACCOUNT_PROPOSAL,
                    ACCOUNT_ANSWER -> "publish " + payload.getBodyCase();
            case SUBMISSION, WITHDRAWAL, TICK, END, SIGNING_REQUEST, SIGNING_APPROVAL, BODY_NOT_SET ->
                throw new AssertionError("a party posted " + payload.getBodyCase());
        };
    }

    private synchronized void note(String step) {
        steps.add(step);
    }
}
