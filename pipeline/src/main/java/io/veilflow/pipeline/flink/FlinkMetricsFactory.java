package io.veilflow.pipeline.flink;

import java.util.Properties;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Made by Flink, which finds it as a service: gives it the metrics that the party has registered. */
public final class FlinkMetricsFactory implements MetricReporterFactory {
    @Override
    public MetricReporter createMetricReporter(Properties properties) {
        return FlinkMetrics.registered(properties.getProperty(FlinkMetrics.PARTY));
    }
}
