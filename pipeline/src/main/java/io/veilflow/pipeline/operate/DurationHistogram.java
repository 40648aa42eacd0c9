package io.veilflow.pipeline.operate;

import io.veilflow.pipeline.operate.MetricFamily.Kind;
import io.veilflow.pipeline.operate.MetricFamily.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Durations by one label whose values are fixed beforehand, in buckets from 50 ms to 5 minutes. Thread-safe. */
final class DurationHistogram {
    private static final List<Long> BOUNDS_MILLIS =
            List.of(50L, 100L, 250L, 500L, 1_000L, 2_500L, 5_000L, 10_000L, 30_000L, 60_000L, 300_000L);
    private static final double MILLIS = 1_000;

    private final String name;
    private final String help;
    private final String label;
    private final Map<String, Figures> byValue = new LinkedHashMap<>();

    /** Shape of buckets: one for each bound, and one above. */
    private static final class Figures {
        private final long[] buckets = new long[BOUNDS_MILLIS.size() + 1];
        private long sumMillis;
    }

    DurationHistogram(String name, String help, String label, List<String> values) {
        this.name = name;
        this.help = help;
        this.label = label;
        values.forEach(value -> byValue.put(value, new Figures()));
    }

    /** @throws IllegalArgumentException for a label that is not one of the fixed ones */
    synchronized void add(String value, long millis) {
        Figures figures = byValue.get(value);
        if (figures == null) {
            throw new IllegalArgumentException("no " + label + " '" + value + "'");
        }
        int bucket = 0;
        while (bucket < BOUNDS_MILLIS.size() && millis > BOUNDS_MILLIS.get(bucket)) {
            bucket++;
        }
        figures.buckets[bucket]++;
        figures.sumMillis += millis;
    }

    synchronized MetricFamily family() {
        List<Sample> samples = new ArrayList<>();
        byValue.forEach((value, figures) -> {
            long count = 0;
            for (int i = 0; i < figures.buckets.length; i++) {
                count += figures.buckets[i];
                String bound = i < BOUNDS_MILLIS.size() ? MetricText.number(BOUNDS_MILLIS.get(i) / MILLIS) : "+Inf";
                samples.add(new Sample("_bucket", Map.of(label, value, "le", bound), count));
            }
            samples.add(new Sample("_sum", Map.of(label, value), figures.sumMillis / MILLIS));
            samples.add(new Sample("_count", Map.of(label, value), count));
        });
        return new MetricFamily(name, Kind.HISTOGRAM, help, samples);
    }
}
