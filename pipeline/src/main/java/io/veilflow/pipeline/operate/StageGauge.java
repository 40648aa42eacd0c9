package io.veilflow.pipeline.operate;

import io.veilflow.pipeline.operate.MetricFamily.Kind;
import io.veilflow.pipeline.operate.MetricFamily.Sample;
import io.veilflow.pipeline.party.PartyStage;
import java.util.Arrays;
import java.util.Map;

/** The stage as a set of gauges, one of which is 1. */
final class StageGauge {
    private StageGauge() {}

    static MetricFamily of(PartyStage now) {
        return new MetricFamily(
                "veilflow_stage",
                Kind.GAUGE,
                "1 for what the party is doing.",
                Arrays.stream(PartyStage.values())
                        .map(stage -> new Sample("", Map.of("stage", stage.text()), stage == now ? 1 : 0))
                        .toList());
    }
}
