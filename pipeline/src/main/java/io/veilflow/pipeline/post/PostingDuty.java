package io.veilflow.pipeline.post;

import io.veilflow.mpc.party.PartyId;
import java.time.Duration;

/**
 * When a party posts: party (window mod 3) at once, the next one after a delay, the third after two. Timing only spares fees:
 * posting twice has no effect.
 *
 * @param backupDelay how long the next party waits for the one before it
 * @param retryDelay pause after a failure that is worth another try, and between looks at the chain
 */
public record PostingDuty(PartyId self, Duration backupDelay, Duration retryDelay) {
    private static final int PARTIES = 3;

    /** How long this party waits with a window after it could have posted it. */
    Duration delay(long window) {
        int rank = Math.floorMod(self.index() - window, PARTIES);
        return backupDelay.multipliedBy(rank);
    }
}
