package io.veilflow.pipeline.key;

/** A ceremony that did not do what it was started for. The stores are whole, and the same command can be given again. */
public final class CeremonyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Problem {
        /** What was asked for does not fit where the three stand; nothing was changed. */
        REFUSED,
        /** A party said things that cannot be, or did not say the same to both others. */
        CHEATED,
        /** A party went away, or did not come. */
        INTERRUPTED
    }

    private final Problem problem;

    CeremonyException(Problem problem, String what) {
        super(what);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
