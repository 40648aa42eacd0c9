package io.veilflow.pipeline.load;

/** The run cannot go on; the message says why, with the last words of whoever ended. */
public final class LoadFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LoadFailedException(String reason) {
        super(reason);
    }
}
