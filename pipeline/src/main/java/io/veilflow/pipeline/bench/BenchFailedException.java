package io.veilflow.pipeline.bench;

/** A measurement came to nothing; the message says why, with the last words of the party that ended. */
public final class BenchFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BenchFailedException(String reason) {
        super(reason);
    }
}
