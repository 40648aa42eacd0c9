package io.veilflow.pipeline.simulate;

import java.security.SecureRandom;
import java.util.SplittableRandom;

/** The randomness of a simulated party or contributor: the same for the same seed, and worth nothing outside the simulator. */
final class SeededRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final transient SplittableRandom random;

    SeededRandom(SplittableRandom random) {
        super(null, null);
        this.random = random;
    }

    @Override
    public void nextBytes(byte[] bytes) {
        random.nextBytes(bytes);
    }

    @Override
    public byte[] generateSeed(int count) {
        byte[] seed = new byte[count];
        random.nextBytes(seed);
        return seed;
    }

    @Override
    public String getAlgorithm() {
        return "simulated";
    }
}
