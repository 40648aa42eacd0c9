package io.veilflow.mpc.adversary;

/** How the honest two ended. */
enum Verdict {
    /** Both have the right result. */
    RIGHT(true),
    /** Both aborted, and neither sent a component of the result. */
    ABORTED(true),
    /** What was to be opened was right; one or both were kept from it. Without fair opening nothing prevents that. */
    KEPT_FROM_RIGHT(true),
    /** An honest party has a wrong result. */
    WRONG(false),
    /** An honest party sent a component of a wrong result. */
    OPENED_WRONG(false),
    /** An honest party names an honest party. */
    FALSELY_ACCUSED(false),
    /** An honest party ended with something else than an abort. */
    CRASHED(false),
    HUNG(false),
    /** An abort although every message came in time and unchanged. */
    NEEDLESS_ABORT(false),
    /** A fair opening gave its result to one of the honest two only, or to the corrupted party only. */
    UNFAIR(false);

    private final boolean allowed;

    Verdict(boolean allowed) {
        this.allowed = allowed;
    }

    boolean isAllowed() {
        return allowed;
    }
}
