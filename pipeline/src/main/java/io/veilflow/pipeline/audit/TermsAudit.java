package io.veilflow.pipeline.audit;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.post.ChainView;
import io.veilflow.pipeline.post.RegisteredTerms;
import io.veilflow.pipeline.sign.RotationMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * By which terms and which key each window is judged: those that the registry has for its number, not those of today. Every window on
 * the board must have the terms of the job file there, and the job file's key or one that a rotation on this board names.
 */
final class TermsAudit {
    private final JobTerms terms;
    private final ChainView chain;
    private final List<RotationMessage> rotations;
    private final Map<Long, RegisteredTerms> registered = new HashMap<>();

    /** @param rotations that the operators have approved of on this board */
    TermsAudit(JobTerms terms, ChainView chain, List<RotationMessage> rotations) {
        this.terms = terms;
        this.chain = chain;
        this.rotations = List.copyOf(rotations);
    }

    /**
     * The key that signs for a window.
     *
     * @throws AuditException if the registry has another job for the window than the job file
     */
    ByteString keyOf(long window) {
        List<String> differences = differences(window);
        if (!differences.isEmpty()) {
            throw new AuditException(
                    "window " + window,
                    "the registry has another " + String.join(", ", differences) + " for it than "
                            + AuditDocuments.JOB);
        }
        return registeredFor(window).groupKey();
    }

    /** The key that names the one which serves from a window on: the registry takes no other's word. */
    ByteString keyBefore(long fromWindow) {
        return registeredFor(Math.max(0, fromWindow - 1)).groupKey();
    }

    /** Whether the window, of which nothing stands on this board, should stand there. */
    boolean isOfThisBoard(long window) {
        return differences(window).isEmpty();
    }

    /** @throws AuditException if no window has come up yet, and the registry has another job for the next one than the job file */
    void run() {
        if (registered.isEmpty()) {
            keyOf(chain.nextWindow(terms.jobId()));
        }
    }

    private List<String> differences(long window) {
        RegisteredTerms found = registeredFor(window);
        RegisteredTerms expected = RegisteredTerms.of(terms, found.verifier());
        boolean rotated = rotations.stream()
                .anyMatch(rotation ->
                        rotation.fromWindow() <= window && rotation.newKey().equals(found.groupKey()));
        return found.differencesTo(rotated ? expected.withGroupKey(found.groupKey()) : expected);
    }

    private RegisteredTerms registeredFor(long window) {
        return registered.computeIfAbsent(window, unknown -> chain.termsOf(terms.jobId(), unknown));
    }
}
