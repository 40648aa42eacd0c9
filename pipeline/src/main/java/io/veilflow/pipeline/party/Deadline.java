package io.veilflow.pipeline.party;

import java.time.Duration;

/** A moment after which waiting ends. */
final class Deadline {
    private final PartyClock clock;
    private final long endNanos;

    Deadline(PartyClock clock, Duration fromNow) {
        this.clock = clock;
        this.endNanos = clock.nanos() + fromNow.toNanos();
    }

    boolean passed() {
        return clock.nanos() - endNanos >= 0;
    }
}
