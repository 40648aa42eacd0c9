package io.veilflow.pipeline.load;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a run is asked for.
 *
 * @param rate submissions a second, of all well behaved contributors together
 * @param seconds how long
 * @param contributors in all, one slot each
 * @param windowSeconds from one tick to the next
 * @param seed of the amounts
 * @param keep where the state stays after the run
 * @param keyCache directory of the proving keys
 */
public record LoadRequest(
        int rate, int seconds, int contributors, int windowSeconds, long seed, Optional<Path> keep, Path keyCache) {
    /** Slow, silent, flooding, one with megabytes, and one that is none of these. */
    public static final int FEWEST_CONTRIBUTORS = 5;

    public LoadRequest {
        if (rate < 1 || seconds < 1 || windowSeconds < 1 || contributors < FEWEST_CONTRIBUTORS) {
            throw new IllegalArgumentException(rate + " a second for " + seconds + " s, windows of " + windowSeconds
                    + " s, " + contributors + " contributors");
        }
    }
}
