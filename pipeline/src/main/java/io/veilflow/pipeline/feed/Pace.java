package io.veilflow.pipeline.feed;

import java.util.Set;

/**
 * When the feeder posts the next tick: not before the interval is over, and not before the parties have decided about
 * as many records of each awaited contributor as there are ticks, or the limit has passed. Without awaited contributors it is real time alone;
 * with them a run comes out the same on slow machines.
 *
 * @param intervalMillis least time between two ticks
 * @param awaited contributors by name
 * @param limitMillis longest time to wait for them
 */
public record Pace(long intervalMillis, Set<String> awaited, long limitMillis) {
    public Pace {
        awaited = Set.copyOf(awaited);
        if (intervalMillis < 0 || limitMillis < 0) {
            throw new IllegalArgumentException("times are not negative");
        }
    }
}
