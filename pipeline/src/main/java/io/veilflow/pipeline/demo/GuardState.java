package io.veilflow.pipeline.demo;

import io.veilflow.pipeline.post.MarketGuardClient;

/**
 * The market contract after it has seen a window.
 *
 * @param changed whether this window changed it
 */
public record GuardState(boolean paused, boolean changed) {
    static final GuardState OPEN = new GuardState(false, false);

    GuardState after(MarketGuardClient.Changes changes) {
        if (changes.paused() || changes.resumed()) {
            return new GuardState(changes.paused(), true);
        }
        return new GuardState(paused, false);
    }

    /** For people. */
    public String text() {
        if (changed) {
            return paused ? "borrowing PAUSED" : "borrowing RESUMED";
        }
        return paused ? "paused" : "open";
    }
}
