package io.veilflow.pipeline.bench;

/**
 * How often something is done in a measurement.
 *
 * @param warmUps before the measured ones, until the compiler has done its work
 * @param measured of which the median is taken
 */
public record Runs(int warmUps, int measured) {
    public Runs {
        if (warmUps < 0 || measured < 1) {
            throw new IllegalArgumentException(warmUps + " runs to warm up and " + measured + " measured");
        }
    }

    /** For a first look: few, and as many to warm up, so that the figures are those of a program that has just started. */
    public static Runs few(int measured) {
        return new Runs(measured, measured);
    }

    int all() {
        return warmUps + measured;
    }
}
