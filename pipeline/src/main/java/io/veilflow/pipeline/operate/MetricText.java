package io.veilflow.pipeline.operate;

import io.veilflow.pipeline.operate.MetricFamily.Sample;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** The text exposition format of Prometheus, version 0.0.4. */
final class MetricText {
    static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private MetricText() {}

    static String of(List<MetricFamily> families) {
        StringBuilder out = new StringBuilder();
        for (MetricFamily family : families) {
            out.append("# HELP ").append(family.name()).append(' ').append(line(family.help()));
            out.append("\n# TYPE ").append(family.name()).append(' ');
            out.append(family.kind().name().toLowerCase(Locale.ROOT)).append('\n');
            family.samples().forEach(sample -> append(out, family.name(), sample));
        }
        return out.toString();
    }

    private static void append(StringBuilder out, String name, Sample sample) {
        out.append(name).append(sample.suffix());
        if (!sample.labels().isEmpty()) {
            String before = "{";
            for (var label : new TreeMap<>(sample.labels()).entrySet()) {
                out.append(before).append(label.getKey()).append("=\"").append(quoted(label.getValue()));
                out.append('"');
                before = ",";
            }
            out.append('}');
        }
        out.append(' ').append(number(sample.value())).append('\n');
    }

    /** A whole number without a fraction. */
    static String number(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1L << 53;
        return whole ? Long.toString((long) value) : Double.toString(value);
    }

    private static String line(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n");
    }

    private static String quoted(String text) {
        return line(text).replace("\"", "\\\"");
    }
}
