package io.veilflow.pipeline.adversary;

/** The steps of a window that a message can belong to (DESIGN section 2). */
enum Stage {
    ADMIT,
    SEAL,
    /** What parties say to each other about attempts. */
    ATTEMPTS,
    EVALUATE,
    PROVE,
    OPEN,
    SIGN
}
