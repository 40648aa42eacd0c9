package io.veilflow.pipeline.chaos;

/** The run cannot go on: a process does not come back, or ended as it never should. The message says which, with its last words. */
public final class ChaosFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ChaosFailedException(String reason) {
        super(reason);
    }
}
