package io.veilflow.pipeline.identity;

import java.nio.file.Path;

/** A key or passphrase file cannot be used. The message names the file and what to do, and holds nothing secret. */
public final class IdentityException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public enum Problem {
        /** The file is missing, exists already, or the disk fails. */
        UNREADABLE,
        /** Others than the owner can read or write the file (THREATS H6). */
        PERMISSIONS,
        /** Not a key file of this version: cut, unknown or missing items, sizes or parameters out of bounds. */
        MALFORMED,
        WRONG_PASSPHRASE,
        /** The passphrase is right, but header or content were changed after the file was made. */
        CHANGED,
        WRONG_KIND,
        WRONG_NAME,
        /** A group key's store, of a key for another purpose. */
        WRONG_PURPOSE,
        /** An old copy: what lies beside it, or the other parties, are further. */
        STALE
    }

    private final Problem problem;

    public IdentityException(Problem problem, Path file, String what) {
        super(file + ": " + what);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
