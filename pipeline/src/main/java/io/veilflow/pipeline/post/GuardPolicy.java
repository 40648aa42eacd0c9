package io.veilflow.pipeline.post;

import java.time.Duration;

/**
 * Settings of a {@code MarketGuard}.
 *
 * @param levelBits bits of the level, the lowest of the outputs
 * @param pauseLevel levels from here up pause borrowing
 * @param calmWindows consecutive calm windows that resume it
 * @param maxAge oldest result on which somebody may borrow
 */
public record GuardPolicy(int levelBits, int pauseLevel, int calmWindows, Duration maxAge) {}
