package io.veilflow.mpc.adversary;

import io.veilflow.mpc.randomness.PrssStream;
import io.veilflow.mpc.session.Operation;
import java.util.Random;

/**
 * One stream of the party gives other values than the peer who shares the key gets. A product masked with it carries a random
 * error that the party goes on computing with: it follows its error.
 */
final class OtherRandomness implements Attack {
    /** A stream as the party asks for it. */
    record Name(String path, int component, String purpose) {
        @Override
        public String toString() {
            return path + "/" + purpose + " of key " + component;
        }
    }

    private final Name name;
    private final PrssStream other;

    OtherRandomness(Name name, long seed) {
        this.name = name;
        byte[] key = new byte[PrssStream.KEY_BYTES];
        new Random(seed).nextBytes(key);
        this.other = new PrssStream(key);
    }

    @Override
    public PrssStream stream(Operation operation, int component, String purpose) {
        return new Name(operation.path(), component, purpose).equals(name)
                ? other
                : operation.stream(component, purpose);
    }
}
