package io.veilflow.pipeline.simulate;

/** What can go wrong in a run. */
public enum Fault {
    LINK_RESET,
    /** One link is cut and healed. */
    PARTITION,
    /** All links go one after the other and come back in another order. */
    SWIZZLE,
    /** A part of all requests to chain nodes fails, before or after the effect. */
    NODES,
    REORGANISATION,
    FORGOTTEN_POOL,
    /** At a send, an append, a write or a force, before or after the effect. */
    CRASH,
    /** As often again: it is the point. */
    SECOND_CRASH,
    /** All three, each at a step of its own. */
    ALL_CRASH,
    /** Of a wall clock. */
    CLOCK_STEP,
    /** A process stands still for a while. */
    PAUSE,
    /** A party sees nothing new on the board for a while. */
    SILENT_BOARD,
    FULL_DISK,
    FAILED_FORCE,
    /** Somebody puts an older copy of a party's journal in its place, and the newest one again when the copy is refused. Once in a run. */
    OLDER_COPY
}
