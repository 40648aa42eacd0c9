package io.veilflow.zk.key;

/** A key that is refused, or a cache that cannot be used. */
public final class KeyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public enum Reason {
        /** Wrong length, wrong header, weak or repeated points. */
        MALFORMED,
        /** A digest differs from the one that was expected. */
        DIGEST_MISMATCH,
        /** A key of a local setup where one of a ceremony is asked for, or none at all. */
        UNSAFE,
        /** A ceremony's file that is not what has to stand there. */
        TRANSCRIPT,
        /** The file could not be read or written. */
        STORAGE
    }

    private final Reason reason;

    public KeyException(Reason reason, String message) {
        super(reason + ": " + message);
        this.reason = reason;
    }

    public KeyException(Reason reason, String message, Throwable cause) {
        super(reason + ": " + message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
