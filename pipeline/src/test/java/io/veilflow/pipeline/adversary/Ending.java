package io.veilflow.pipeline.adversary;

/** How a case ended for the two honest parties, when all that must hold does hold. */
enum Ending {
    /** Both have the right result, from the first attempt. */
    RIGHT_AT_ONCE,
    /** Both have the right result, from a later attempt at the same manifest. */
    RIGHT_AFTER_RETRY,
    /** Both have the right result, and it stood on the chain as attested before its proof came. */
    RIGHT_AFTER_ATTESTED,
    /** No proof came: the right result, which both opened, is signed and recorded without one. */
    ATTESTED,
    /** No book was admitted, because the cheater alone refused it, or no attempt came to an output: the two have signed a skip. */
    SKIPPED,
    /** Neither goes on, no output was opened, and the window is still open on the chain. */
    HELD_UNOPENED,
    /** Neither goes on; the honest two know what was opened, and it is right. */
    HELD_OPENED,
    /** One has the right result, the other does not go on. */
    ONE_HELD
}
