package io.veilflow.zk.rule;

/** Where a public input comes from. */
public enum Origin {
    /** Signed by the feeder, new in every window. */
    FEED,
    /** Fixed by the job, known to the contract. */
    PARAMETER
}
