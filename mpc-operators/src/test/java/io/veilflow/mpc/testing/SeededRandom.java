package io.veilflow.mpc.testing;

import java.security.SecureRandom;
import java.util.Random;

/** The random source of a test: the same bytes for the same seed. */
public final class SeededRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final Random random;

    public SeededRandom(long seed) {
        this.random = new Random(seed);
    }

    @Override
    public void nextBytes(byte[] bytes) {
        random.nextBytes(bytes);
    }
}
