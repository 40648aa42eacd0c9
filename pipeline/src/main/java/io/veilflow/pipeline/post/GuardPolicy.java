package io.veilflow.pipeline.post;

import java.time.Duration;

/**
 * Settings of a {@code MarketGuard}. The job's outputs are one level for each price shock, the mildest first, then the number of
 * the smallest shock at which borrowing must stop.
 *
 * @param levelBits bits of one level; the first stands at bit 0
 * @param pauseLevel levels under the first shock from here up pause borrowing
 * @param shockOffset lowest bit of the smallest shock's number
 * @param shockBits its bits; 0 if only the level counts
 * @param shocksToBear smaller numbers pause borrowing; 0 if only the level counts
 * @param calmWindows consecutive calm windows that resume it
 * @param maxAge oldest result on which somebody may borrow
 */
public record GuardPolicy(
        int levelBits,
        int pauseLevel,
        int shockOffset,
        int shockBits,
        int shocksToBear,
        int calmWindows,
        Duration maxAge) {

    /** Only the level under the first shock counts. */
    public static GuardPolicy ofLevel(int levelBits, int pauseLevel, int calmWindows, Duration maxAge) {
        return new GuardPolicy(levelBits, pauseLevel, 0, 0, 0, calmWindows, maxAge);
    }
}
