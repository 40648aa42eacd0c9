package io.veilflow.pipeline.operate;

import io.veilflow.pipeline.operate.MetricFamily.Kind;
import io.veilflow.pipeline.operate.MetricFamily.Sample;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts by one label whose values are fixed beforehand, so that nobody outside can make more of them or write into them. Anything else
 * counts as {@value #OTHER}. Thread-safe.
 */
final class LabelledCounter {
    static final String OTHER = "other";

    private final String name;
    private final String help;
    private final String label;
    private final Map<String, LongAdder> counts = new LinkedHashMap<>();

    LabelledCounter(String name, String help, String label, List<String> values) {
        this.name = name;
        this.help = help;
        this.label = label;
        values.forEach(value -> counts.put(value, new LongAdder()));
        counts.put(OTHER, new LongAdder());
    }

    void add(String value) {
        counts.getOrDefault(value, counts.get(OTHER)).increment();
    }

    /** All values, those at 0 too. */
    MetricFamily family() {
        List<Sample> samples = counts.entrySet().stream()
                .map(count -> new Sample(
                        "", Map.of(label, count.getKey()), count.getValue().sum()))
                .toList();
        return new MetricFamily(name, Kind.COUNTER, help, samples);
    }
}
