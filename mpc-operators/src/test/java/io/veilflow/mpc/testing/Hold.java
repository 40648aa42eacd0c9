package io.veilflow.mpc.testing;

/** How long a direction of the memory network stands still; its messages keep their order. */
public enum Hold {
    /** Until everybody waits: a delay that the time limits allow. */
    WITHIN_LIMIT,
    /** Until somebody has given up waiting. */
    BEYOND_LIMIT
}
