package io.veilflow.pipeline.cli;

import io.veilflow.datasets.schema.Asset;
import io.veilflow.pipeline.job.JobDefinition;
import java.util.List;

/** The assets of a job, as the files of institutions and feeders are read with. */
final class JobAssets {
    private JobAssets() {}

    static List<Asset> of(JobDefinition job) {
        return job.marketHealth().assets().stream()
                .map(asset -> new Asset(asset.name(), asset.decimals(), asset.thresholdBps()))
                .toList();
    }
}
