package io.veilflow.pipeline.operate;

import java.util.List;
import java.util.Map;

/**
 * One metric with all its values.
 *
 * @param name of letters, digits and underscores
 * @param help one line
 */
public record MetricFamily(String name, Kind kind, String help, List<Sample> samples) {
    /** As Prometheus calls them. */
    public enum Kind {
        COUNTER,
        GAUGE,
        HISTOGRAM
    }

    /**
     * One value.
     *
     * @param suffix behind the family's name: of the parts of a histogram, else empty
     */
    public record Sample(String suffix, Map<String, String> labels, double value) {
        public Sample {
            labels = Map.copyOf(labels);
        }
    }

    public MetricFamily {
        samples = List.copyOf(samples);
    }

    /** A gauge without labels. */
    public static MetricFamily gauge(String name, String help, double value) {
        return new MetricFamily(name, Kind.GAUGE, help, List.of(new Sample("", Map.of(), value)));
    }
}
