package io.veilflow.pipeline.adversary;

/** How a case ended for the two honest parties, when all that must hold does hold. */
enum Ending {
    /** Both have the right result, from the first attempt. */
    RIGHT_AT_ONCE,
    /** Both have the right result, from a later attempt at the same manifest. */
    RIGHT_AFTER_RETRY,
    /** No book was admitted, because the cheater alone refused it: the window is skipped, and everybody says so. */
    SKIPPED,
    /** Neither goes on, and no output was opened. */
    HELD_UNOPENED,
    /** Neither goes on; the honest two know what was opened, and it is right. */
    HELD_OPENED,
    /** One has the right result, the other does not go on. */
    ONE_HELD
}
