package io.veilflow.mpc.adversary;

import io.veilflow.mpc.testing.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Two samples of what a party receives, and whether one distribution explains both. Per place in the protocol (sender, path, label, how
 * many such before) the half bytes are counted by their position in a word; Pearson's statistic of the two counts is
 * chi-squared distributed if the distributions are equal.
 */
final class ViewComparison {
    /**
     * In standard deviations (Wilson and Hilferty): a false alarm has probability below 2^-39 at one place, and below 2^-26 at any of
     * fewer than 8,000.
     */
    static final double LIMIT = 7;

    static final int PLACES_MAX = 8_000;

    private static final int POSITIONS = 16;
    private static final int VALUES = 16;

    private final Map<String, long[][][]> counts = new TreeMap<>();

    /** @param sample 0 or 1 */
    void add(int sample, List<Message> received) {
        Map<String, Integer> before = new HashMap<>();
        for (Message message : received) {
            String name = message.from() + " " + message.path() + "/" + message.label();
            int index = before.merge(name, 1, Integer::sum);
            long[][] bins = counts.computeIfAbsent(name + " #" + index, any -> new long[2][POSITIONS][VALUES])[sample];
            byte[] payload = message.payload();
            for (int k = 0; k < payload.length; k++) {
                int position = 2 * (k & 7);
                bins[position][payload[k] & 15]++;
                bins[position + 1][payload[k] >> 4 & 15]++;
            }
        }
    }

    int places() {
        return counts.size();
    }

    /** Where the samples differ, with how many standard deviations. */
    List<String> differences() {
        List<String> out = new ArrayList<>();
        counts.forEach((place, samples) -> {
            double deviation = deviation(samples[0], samples[1]);
            if (deviation > LIMIT) {
                out.add(place + ": " + deviation);
            }
        });
        return out;
    }

    private static double deviation(long[][] one, long[][] other) {
        double statistic = 0;
        int freedom = 0;
        for (int position = 0; position < POSITIONS; position++) {
            double n = sum(one[position]);
            double m = sum(other[position]);
            if (n == 0 || m == 0) {
                if (n != m) {
                    return Double.POSITIVE_INFINITY;
                }
                continue;
            }
            int used = 0;
            for (int value = 0; value < VALUES; value++) {
                double a = one[position][value];
                double b = other[position][value];
                if (a + b > 0) {
                    double difference = Math.sqrt(m / n) * a - Math.sqrt(n / m) * b;
                    statistic += difference * difference / (a + b);
                    used++;
                }
            }
            freedom += used - 1;
        }
        return freedom == 0 ? 0 : normal(statistic, freedom);
    }

    private static double sum(long[] bins) {
        double out = 0;
        for (long bin : bins) {
            out += bin;
        }
        return out;
    }

    private static double normal(double statistic, int freedom) {
        double spread = 2.0 / (9 * freedom);
        return (Math.cbrt(statistic / freedom) - (1 - spread)) / Math.sqrt(spread);
    }
}
