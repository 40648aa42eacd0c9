package io.veilflow.pipeline.demo;

/** The run cannot go on; the message says why, with the last words of whoever ended. */
public final class DemoFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DemoFailedException(String reason) {
        super(reason);
    }
}
