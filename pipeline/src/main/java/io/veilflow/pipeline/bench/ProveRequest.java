package io.veilflow.pipeline.bench;

import java.nio.file.Path;

/**
 * One measurement of a whole window.
 *
 * @param positions slots of the market
 * @param assets amounts of collateral and of debt in each
 * @param keys folder of keys; a missing one is set up there
 */
public record ProveRequest(int positions, int assets, Path keys) {
    /** Positions of all windows after which a party of a running job is as fast as it gets, about. */
    private static final int WARM_UP = 6_144;

    private static final int MEASURED = 1_024;

    public ProveRequest {
        if (positions < 1 || assets < 1) {
            throw new IllegalArgumentException(positions + " positions of " + assets + " assets");
        }
    }

    /** Windows before the measured ones, until the compiler has done its work: more where a window is short. */
    int warmUps() {
        return Math.max(3, Math.min(40, WARM_UP / positions));
    }

    /** Windows of which the median is taken. */
    int runs() {
        return Math.max(3, Math.min(9, MEASURED / positions));
    }
}
