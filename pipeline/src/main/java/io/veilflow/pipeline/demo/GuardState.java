package io.veilflow.pipeline.demo;

/**
 * The market contract after it has seen a window.
 *
 * @param changed whether this window changed it
 */
public record GuardState(boolean paused, boolean changed) {
    /** For people. */
    public String text() {
        if (changed) {
            return paused ? "borrowing PAUSED" : "borrowing RESUMED";
        }
        return paused ? "paused" : "open";
    }
}
