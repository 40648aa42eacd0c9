package io.veilflow.pipeline.journal;

/** The journal cannot be opened, trusted or written. The party stops: going on could repeat what must not be repeated. */
public final class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JournalException(String what) {
        super(what);
    }

    public JournalException(String what, Throwable cause) {
        super(what, cause);
    }
}
