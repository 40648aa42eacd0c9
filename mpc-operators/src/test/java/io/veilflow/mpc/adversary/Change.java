package io.veilflow.mpc.adversary;

/** What a corrupted party does to one message, or to the two that go to both peers under one label. */
public enum Change {
    FLIP_BIT,
    ADD_ONE,
    ZERO,
    /** All bits one: above every modulus. */
    NOT_CANONICAL,
    CUT,
    EXTEND,
    /** The last message of this direction again, label and all. */
    REPLAY,
    /** The content of the last message of this direction under the right label. */
    REPLAY_CONTENT,
    DROP,
    /** Late, but in time. */
    DELAY,
    /** Too late. */
    DELAY_BEYOND_LIMIT,
    /** One added to what both peers get, at the same place. */
    SAME_ERROR_TO_BOTH,
    /** Each peer gets what was meant for the other. */
    SWAPPED;

    boolean concernsBoth() {
        return this == SAME_ERROR_TO_BOTH || this == SWAPPED;
    }

    /** Whether the honest two must end with the right result. */
    boolean isHarmless() {
        return this == DELAY;
    }
}
