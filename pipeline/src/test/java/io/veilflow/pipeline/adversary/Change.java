package io.veilflow.pipeline.adversary;

/** What a corrupted party does at a place. What each means for a record on the board: {@link RecordForgery}. */
enum Change {
    FLIP_BIT,
    /** In the message's own domain, so that it stays well formed: the decoder does not answer for the check. */
    ADD_ONE,
    ZERO,
    /** What it said last to the same party, again. */
    REPLAY_LAST,
    DROP,
    /** Later, but in time: no harm may come of it. */
    DELAY,
    /** One thing to one peer, another to the other. */
    SPLIT
}
