package io.veilflow.zk.commitment;

/** A point that is off the curve, the identity or of the wrong length. */
public final class InvalidPointException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidPointException(String message) {
        super(message);
    }
}
