package io.veilflow.mpc.session;

/** Security profile of a session (PROTOCOLS 1). */
public enum Profile {
    /** Semi-honest: products are not verified. One party that deviates can change results unseen. */
    S,
    /** Malicious with abort: no value that depends on an unverified product is opened. The default. */
    M
}
