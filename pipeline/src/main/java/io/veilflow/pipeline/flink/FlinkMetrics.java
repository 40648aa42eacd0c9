package io.veilflow.pipeline.flink;

import io.veilflow.pipeline.operate.MetricFamily;
import io.veilflow.pipeline.operate.MetricFamily.Kind;
import io.veilflow.pipeline.operate.MetricFamily.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.HistogramStatistics;
import org.apache.flink.metrics.LogicalScopeProvider;
import org.apache.flink.metrics.Meter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;

/**
 * Flink's own metrics of one embedded job, read where the party shows its own: Flink's reporter for Prometheus would open a port of its
 * own on every address of the machine. Of Flink's variables only the names of tasks and operators and the subtask are labels: they are
 * fixed by the job's graph. Thread-safe.
 */
public final class FlinkMetrics implements MetricReporter, Supplier<List<MetricFamily>> {
    /** Flink makes reporters by the name of their factory, so that nothing can be handed to one but through a static place. */
    private static final ConcurrentMap<String, FlinkMetrics> REGISTERED = new ConcurrentHashMap<>();

    private static final String REPORTER = "metrics.reporter.veilflow.";
    static final String PARTY = "party";
    private static final char SEPARATOR = '_';
    private static final Map<String, String> LABELS =
            Map.of("<task_name>", "task", "<operator_name>", "operator", "<subtask_index>", "subtask");

    private final Map<Metric, Place> places = new ConcurrentHashMap<>();

    /** What a metric is called. */
    private record Place(String name, Map<String, String> labels) {}

    /** Takes the metrics out of the registry again. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * @param name of the party, no other job of this process has it
     * @param configuration of the cluster, which will report here
     */
    Registration register(String name, Configuration configuration) {
        if (REGISTERED.putIfAbsent(name, this) != null) {
            throw new IllegalStateException("there are metrics of " + name + " in this process already");
        }
        configuration.setString(REPORTER + "factory.class", FlinkMetricsFactory.class.getName());
        configuration.setString(REPORTER + PARTY, name);
        return () -> REGISTERED.remove(name, this);
    }

    static FlinkMetrics registered(String name) {
        FlinkMetrics metrics = REGISTERED.get(name);
        if (metrics == null) {
            throw new IllegalStateException("there are no metrics of " + name + " in this process");
        }
        return metrics;
    }

    @Override
    public void open(MetricConfig configuration) {
        // whoever shows the metrics asks for them
    }

    @Override
    public void close() {
        places.clear();
    }

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        Map<String, String> labels = new TreeMap<>();
        group.getAllVariables().forEach((variable, value) -> {
            if (LABELS.containsKey(variable)) {
                labels.put(LABELS.get(variable), value);
            }
        });
        String scope = ((LogicalScopeProvider) group).getLogicalScope(FlinkMetrics::plain, SEPARATOR);
        places.put(metric, new Place("flink_" + scope + SEPARATOR + plain(name), labels));
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        places.remove(metric);
    }

    /** Everything that is a number. */
    @Override
    public List<MetricFamily> get() {
        Map<String, Map<Map<String, String>, Sample>> samples = new TreeMap<>();
        Map<String, Kind> kinds = new LinkedHashMap<>();
        places.forEach((metric, place) -> {
            kinds.putIfAbsent(place.name(), metric instanceof Counter ? Kind.COUNTER : Kind.GAUGE);
            samples(metric, place)
                    .forEach(sample -> samples.computeIfAbsent(place.name(), first -> new LinkedHashMap<>())
                            .put(sample.labels(), sample));
        });
        List<MetricFamily> families = new ArrayList<>();
        samples.forEach((name, found) -> families.add(
                new MetricFamily(name, kinds.get(name), "Flink's own metric.", List.copyOf(found.values()))));
        return families;
    }

    private static List<Sample> samples(Metric metric, Place place) {
        if (metric instanceof Counter counter) {
            return List.of(new Sample("", place.labels(), counter.getCount()));
        }
        if (metric instanceof Meter meter) {
            return List.of(new Sample("", place.labels(), meter.getRate()));
        }
        if (metric instanceof Histogram histogram) {
            return quantiles(histogram.getStatistics(), place);
        }
        return metric instanceof Gauge<?> gauge && gauge.getValue() instanceof Number number
                ? List.of(new Sample("", place.labels(), number.doubleValue()))
                : List.of();
    }

    private static List<Sample> quantiles(HistogramStatistics statistics, Place place) {
        List<Sample> samples = new ArrayList<>();
        for (double quantile : new double[] {0.5, 0.95, 0.99}) {
            Map<String, String> labels = new TreeMap<>(place.labels());
            labels.put("quantile", Double.toString(quantile));
            samples.add(new Sample("", labels, statistics.getQuantile(quantile)));
        }
        return samples;
    }

    private static String plain(String text) {
        return text.replaceAll("[^A-Za-z0-9_]", "_");
    }
}
