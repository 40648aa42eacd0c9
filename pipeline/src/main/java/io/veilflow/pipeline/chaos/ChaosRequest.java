package io.veilflow.pipeline.chaos;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a run is asked for.
 *
 * @param kills SIGKILLs in all
 * @param seed of the data and of all that is done to the processes
 * @param slots of the market
 * @param pauseMillis how long a stopped process stands still
 * @param keep where the state stays after the run
 * @param keyCache directory of the proving keys
 */
public record ChaosRequest(int kills, long seed, int slots, long pauseMillis, Optional<Path> keep, Path keyCache) {
    public ChaosRequest {
        if (kills < 1 || pauseMillis < 0) {
            throw new IllegalArgumentException(kills + " kills, pauses of " + pauseMillis + " ms");
        }
    }
}
