package io.veilflow.pipeline.chaos;

import io.veilflow.pipeline.wire.Payload;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One thing that is done to processes.
 *
 * @param targets names, all hit at once
 * @param point hit as soon as the first target, or any party if that is the chain's node, has posted this; empty: at any time
 * @param delayMillis waited before
 * @param downMillis how long a killed process is missing
 */
record Blow(Kind kind, List<String> targets, Optional<Payload.BodyCase> point, long delayMillis, long downMillis) {
    enum Kind {
        KILL(1),
        /** Killed again while it comes back. */
        KILL_TWICE(2),
        /** SIGSTOP and, a good while later, SIGCONT. */
        PAUSE(0),
        /** Killed, and started on a copy of its state folder from an earlier kill. */
        RESTORE(2);

        private final int kills;

        Kind(int kills) {
            this.kills = kills;
        }
    }

    Blow {
        targets = List.copyOf(targets);
    }

    /** SIGKILLs. */
    int kills() {
        return kind.kills * targets.size();
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + String.join(", ", targets)
                + point.map(at -> " at " + at).orElse("") + " + " + delayMillis + " ms, down " + downMillis + " ms";
    }
}
