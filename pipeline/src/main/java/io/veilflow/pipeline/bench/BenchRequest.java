package io.veilflow.pipeline.bench;

import io.veilflow.mpc.session.Profile;

/**
 * One measurement.
 *
 * @param batch items of one run
 */
public record BenchRequest(Benchmark benchmark, Profile profile, int batch, Runs runs) {
    public BenchRequest {
        if (batch < 1) {
            throw new IllegalArgumentException("a batch of " + batch);
        }
    }
}
