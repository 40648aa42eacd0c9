package io.veilflow.pipeline.post;

import io.veilflow.mpc.party.PartyId;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When a party posts: party (window mod 3) at once, the next one after a delay, the third after two. Timing only spares fees:
 * posting twice has no effect.
 *
 * @param backupDelay how long the next party waits for the one before it
 * @param retryDelay pause between looks at the chain; after failures in a row up to {@value #LONGEST} of it
 * @param jitter makes the pauses after failures uneven, so that parties which failed together do not come back together
 */
public record PostingDuty(PartyId self, Duration backupDelay, Duration retryDelay, RandomGenerator jitter) {
    private static final int PARTIES = 3;
    private static final int LONGEST = 64;

    /** How long this party waits with a window after it could have posted it. */
    Duration delay(long window) {
        int rank = Math.floorMod(self.index() - window, PARTIES);
        return backupDelay.multipliedBy(rank);
    }

    /** Twice as long after each failure, between half of that and the whole of it. */
    Duration pause(int failures) {
        if (failures == 0) {
            return retryDelay;
        }
        long millis = retryDelay.toMillis() * Math.min(LONGEST, 1L << Math.min(failures - 1, Long.SIZE - 2));
        return Duration.ofMillis(millis - jitter.nextLong(millis / 2 + 1));
    }
}
