package io.veilflow.pipeline.party;

import io.veilflow.pipeline.sign.Assurance;
import java.util.Objects;

/**
 * How a window ended at this party. Public.
 *
 * @param window from 0
 * @param reason why it was skipped, else empty
 */
public record WindowOutcome(long window, Ending ending, String reason) {
    /** How it ended. */
    public enum Ending {
        /** The joint proof was verified and the result signed. */
        PROVEN,
        /** Computed and signed, and not proven. A proven outcome of the same window may follow. */
        ATTESTED,
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

    /** A window that the group has signed. */
    public static WindowOutcome signed(long window, Assurance assurance) {
        return switch (assurance) {
            case PROVEN -> proven(window);
            case ATTESTED -> new WindowOutcome(window, Ending.ATTESTED, "");
        };
    }

    public static WindowOutcome skipped(long window, String reason) {
        return new WindowOutcome(window, Ending.SKIPPED, reason);
    }
}
