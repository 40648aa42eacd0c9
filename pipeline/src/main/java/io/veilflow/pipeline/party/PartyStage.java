package io.veilflow.pipeline.party;

import java.util.Locale;

/** What a party is doing. */
public enum PartyStage {
    /** The driver has not begun. */
    STARTING,
    /** For records and ticks, or for P0's next list. */
    WAITING,
    /** Deciding about new submissions. */
    ADMIT,
    /** Agreeing on the manifest of a window. */
    SEAL,
    /** The rule on shares. */
    EVALUATE,
    /** The joint proof, with the opening between its halves. */
    PROVE,
    /** For the group's signature. */
    SIGN,
    /** The job goes no further here until people decide. */
    HELD,
    /** Asked to stop, and parked. */
    STOPPED,
    /** The feeder has ended and everything is decided. */
    ENDED;

    /** As labels and documents have it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
