package io.veilflow.pipeline.contributor;

/** A book that the rule does not take. Names slot and field, shows no amount. */
public final class BookException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BookException(String what) {
        super(what);
    }
}
