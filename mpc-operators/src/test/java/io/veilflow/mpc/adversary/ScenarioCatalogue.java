package io.veilflow.mpc.adversary;

import java.util.ArrayList;
import java.util.List;

/** Every primitive. */
final class ScenarioCatalogue {
    private ScenarioCatalogue() {}

    static List<Scenario> all(long seed) {
        List<Scenario> out = new ArrayList<>();
        out.addAll(OpeningScenarios.all(seed));
        out.addAll(ProductScenarios.all(seed));
        out.addAll(ComparisonScenarios.all(seed));
        out.addAll(ConversionScenarios.all(seed));
        out.addAll(CountingScenarios.all(seed));
        out.addAll(CompositionScenarios.all(seed));
        out.addAll(KeyScenarios.all(seed));
        return out;
    }
}
