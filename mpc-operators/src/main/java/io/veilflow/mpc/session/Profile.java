package io.veilflow.mpc.session;

/** Security profile of a session (PROTOCOLS 1). */
public enum Profile {
    /** Semi-honest: products are not verified. One party that deviates can change results unseen. */
    S,
    /** Malicious with abort. */
    M;

    /**
     * Called where a session is created, so that no session runs under a promise that the engine does not keep.
     *
     * @throws UnsupportedOperationException for M: verification of products is not built yet
     */
    public Profile requireBuilt() {
        if (this == M) {
            throw new UnsupportedOperationException(
                    "profile M is not built yet: products are not verified; choose profile S");
        }
        return this;
    }
}
