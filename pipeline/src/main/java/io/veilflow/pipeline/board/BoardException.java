package io.veilflow.pipeline.board;

import java.io.IOException;

/** A log that cannot be read or written. The message names the log and, where there is one, the record. */
public final class BoardException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public enum Reason {
        /** A writer's name that is not {@code [a-z0-9-]{1,32}}. */
        BAD_NAME,
        /** No board in this directory. */
        NO_BOARD,
        /** Bytes that are not a record where one should be, or that are not what was read before. */
        DAMAGED,
        /** Another process, or another part of this one, writes this log. */
        LOCKED,
        /** A record longer than a board takes. */
        TOO_LARGE,
        /** The storage failed. */
        STORAGE
    }

    private final Reason reason;
    private final String log;

    BoardException(Reason reason, String log, String what) {
        super(reason + ": " + log + ": " + what);
        this.reason = reason;
        this.log = log;
    }

    BoardException(String log, IOException cause) {
        super(Reason.STORAGE + ": " + log + ": " + cause.getMessage(), cause);
        this.reason = Reason.STORAGE;
        this.log = log;
    }

    public Reason reason() {
        return reason;
    }

    /** The writer's name, or the directory. */
    public String log() {
        return log;
    }
}
