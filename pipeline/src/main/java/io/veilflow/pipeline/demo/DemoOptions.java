package io.veilflow.pipeline.demo;

import io.veilflow.datasets.csv.AaveMarket;
import io.veilflow.datasets.generate.MarketGenerator;
import io.veilflow.datasets.schema.Market;
import io.veilflow.mpc.session.Profile;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a demo run is asked for.
 *
 * @param windows windows to compute
 * @param positions slots in all of the generated market; the real one has as many as there are accounts
 * @param profile security profile of the job
 * @param keep where the state stays after the run
 * @param data folder of data sets: real positions instead of generated ones
 * @param keyCache directory of the proving keys
 */
public record DemoOptions(
        int windows, int positions, Profile profile, Optional<Path> keep, Optional<Path> data, Path keyCache) {
    public static final int DEFAULT_POSITIONS = 16;
    private static final long SEED = 20_210_519;

    public Market market() {
        return data.map(folder -> AaveMarket.read(folder).market(windows))
                .orElseGet(() -> new MarketGenerator(SEED).market(windows, positions));
    }
}
