package io.veilflow.mpc.threshold;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Welch's t-test between the times for one fixed scalar and for random ones, drawn in random order so that whatever else the machine does
 * meets both alike. With {@value #RUNS} runs of each and a limit of {@value #LIMIT} it is wrong once in a million times, and sees a
 * difference of the means of a sixth of one standard deviation.
 */
class SecretTimingTest {
    private static final int RUNS = 2000;
    private static final int WARM_UP = 500;
    private static final double LIMIT = 5;
    /** The slowest fifth is the machine's. */
    private static final double KEPT = 0.8;

    private static final long SEED = 121;

    private static double t(Consumer<Scalar> measured) {
        SecureRandom secrets = TestKeys.seeded(SEED);
        Random order = new Random(SEED);
        long[][] times = new long[2][RUNS];
        int[] done = new int[2];
        for (int k = 0; k < WARM_UP; k++) {
            measured.accept(k % 2 == 0 ? Scalar.of(1) : Scalar.random(secrets));
        }
        while (done[0] < RUNS || done[1] < RUNS) {
            int kind = done[0] == RUNS ? 1 : done[1] == RUNS ? 0 : order.nextInt(2);
            Scalar random = Scalar.random(secrets);
            Scalar scalar = kind == 0 ? Scalar.of(1) : random;
            long begin = System.nanoTime();
            measured.accept(scalar);
            times[kind][done[kind]++] = System.nanoTime() - begin;
        }
        long cut = cut(times);
        double[] one = moments(times[0], cut);
        double[] other = moments(times[1], cut);
        return (one[0] - other[0]) / Math.sqrt(one[1] / one[2] + other[1] / other[2]);
    }

    private static long cut(long[][] times) {
        long[] all = Arrays.copyOf(times[0], 2 * RUNS);
        System.arraycopy(times[1], 0, all, RUNS, RUNS);
        Arrays.sort(all);
        return all[(int) (KEPT * all.length)];
    }

    /** Mean, variance, number of the times up to the cut. */
    private static double[] moments(long[] times, long cut) {
        double[] kept = Arrays.stream(times)
                .filter(time -> time <= cut)
                .asDoubleStream()
                .toArray();
        double mean = Arrays.stream(kept).average().orElseThrow();
        double squares =
                Arrays.stream(kept).map(time -> (time - mean) * (time - mean)).sum();
        return new double[] {mean, squares / (kept.length - 1), kept.length};
    }

    @Test
    @DisplayName(
            "G17: the time for a secret times the generator says nothing about the secret, at the documented test power")
    void theSecretDoesNotShow() {
        double blinded = t(CurvePoint::generatorTimesSecret);
        assertTrue(Math.abs(blinded) < LIMIT, "t = " + blinded);
    }

    @Test
    @DisplayName("G17: the same test sees the number in the multiplication that is for public numbers only")
    void theTestSeesWhatThereIs() {
        double plain = t(CurvePoint.GENERATOR::times);
        assertTrue(Math.abs(plain) > 2 * LIMIT, "t = " + plain);
    }
}
