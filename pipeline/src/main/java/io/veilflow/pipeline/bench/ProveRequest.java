package io.veilflow.pipeline.bench;

import java.nio.file.Path;

/**
 * One measurement of a whole window.
 *
 * @param positions slots of the market
 * @param assets amounts of collateral and of debt in each
 * @param keys folder of keys; a missing one is set up there
 * @param runs windows
 */
public record ProveRequest(int positions, int assets, Path keys, Runs runs) {
    /** Positions of all windows after which a party of a running job is as fast as it gets, about. */
    private static final int WARM_UP = 6_144;

    private static final int MEASURED = 1_024;

    public ProveRequest {
        if (positions < 1 || assets < 1) {
            throw new IllegalArgumentException(positions + " positions of " + assets + " assets");
        }
    }

    /** More windows to warm up where one is short. */
    public static Runs runsFor(int positions) {
        return new Runs(Math.max(3, Math.min(40, WARM_UP / positions)), Math.max(3, Math.min(9, MEASURED / positions)));
    }
}
