package io.veilflow.pipeline.party;

import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.board.BoardWriter;
import io.veilflow.pipeline.journal.Journal;
import io.veilflow.pipeline.journal.PassingJournal;
import io.veilflow.pipeline.wire.Payload;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/**
 * Passes everything on to a journal, a log and a list of events, and notes in which order a party used them. It can let the party die
 * behind any step: from then on nothing of it is stored or posted.
 */
final class RecordedOrder {
    private final List<String> steps = new ArrayList<>();
    private String held = "";
    private String last = "";
    private boolean dead;

    /** The end of a party's process, as its own threads see it. */
    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Crash() {
            super("the process is killed here");
        }
    }

    /** The party dies behind this step, which is done. */
    synchronized void dieAfter(String step) {
        last = step;
    }

    synchronized boolean isDead() {
        return dead;
    }

    private synchronized void requireAlive() {
        if (dead) {
            throw new Crash();
        }
    }

    private synchronized void done(String step) {
        dead |= step.equals(last);
        requireAlive();
    }

    /** Takes lines as long as the party lives. */
    Writer events(Writer inner) {
        return new FilterWriter(inner) {
            @Override
            public void write(char[] text, int offset, int length) throws IOException {
                if (!isDead()) {
                    super.write(text, offset, length);
                }
            }
        };
    }

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
        return new PassingJournal(inner, (journal, entry) -> {
            requireAlive();
            journal.append(entry);
            String step = "journal " + entry.type() + " " + entry.kind() + " " + entry.id();
            note(step);
            done(step);
        });
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
                requireAlive();
                note(step);
                BoardEntry entry = inner.append(payload);
                pass(step);
                done(step);
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
                    END,
                    MANIFEST,
                    OUTPUT_ECHO,
                    NONCE_COMMITMENTS,
                    SIGNATURE_SHARE,
                    GROUP_SIGNED,
                    SIGNING_REFUSAL,
                    ACCOUNT_PROPOSAL,
                    ACCOUNT_ANSWER -> "publish " + payload.getBodyCase();
            case SUBMISSION, WITHDRAWAL, TICK, SIGNING_REQUEST, SIGNING_APPROVAL, BODY_NOT_SET ->
                throw new AssertionError("a party posted " + payload.getBodyCase());
        };
    }

    private synchronized void note(String step) {
        steps.add(step);
    }
}
