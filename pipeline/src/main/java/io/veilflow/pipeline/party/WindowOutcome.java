package io.veilflow.pipeline.party;

import java.util.Objects;

/**
 * How a window ended at this party. Public.
 *
 * @param window from 0
 * @param reason empty for a proven window, else why it was skipped
 */
public record WindowOutcome(long window, Ending ending, String reason) {
    /** How it ended. */
    public enum Ending {
        /** The joint proof was verified and the result signed. */
        PROVEN,
        /** Nothing was computed. */
        SKIPPED
    }

    public WindowOutcome {
        Objects.requireNonNull(ending);
        Objects.requireNonNull(reason);
        if (window < 0) {
            throw new IllegalArgumentException("window " + window);
        }
    }

    public static WindowOutcome proven(long window) {
        return new WindowOutcome(window, Ending.PROVEN, "");
    }

    public static WindowOutcome skipped(long window, String reason) {
        return new WindowOutcome(window, Ending.SKIPPED, reason);
    }
}
