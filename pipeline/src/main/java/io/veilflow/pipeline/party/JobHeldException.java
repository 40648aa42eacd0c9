package io.veilflow.pipeline.party;

/**
 * This party goes no further with the job on its own: attempts are exhausted, a peer contradicted itself, or something that
 * must hold does not. The message says what, in public terms. People decide what happens next.
 */
public final class JobHeldException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JobHeldException(String reason) {
        super(reason);
    }

    public JobHeldException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
