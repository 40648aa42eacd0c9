package io.veilflow.mpc.replicated.convert;

import io.veilflow.mpc.field.Fr;
import io.veilflow.mpc.field.FrVector;
import io.veilflow.mpc.field.Int192;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.Opening;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.verification.Verification;
import java.util.Arrays;

/**
 * Opens c = x + 2^(l-1) + r_0 + r_1 + r_2 for |x| < 2^(l-1) in Fr, with PRSS integers r_j of l+80 bits (PROTOCOLS 4.9, 4.10). The
 * sum does not wrap, since l+83 bits stay below r. Purpose "mask/<l+80>", message "open/c"; one round and 32 bytes a value.
 *
 * <p>Security: c is within 2^-80 of independent of x, but only while x is what it should be: an error that a party added to a
 * product could lift x above the mask. So every product of the session is verified first, at "dzkp" below the operation: once in an
 * operation, unless nothing is left to verify. In profile S that is missing, and such a party learns about x here.
 */
final class BlindedOpening {
    private static final String VERIFICATION = "dzkp";
    private static final int STATISTICAL_BITS = 80;
    private static final int LARGEST_WIDTH = 170;

    /**
     * @param opened c, {@link Fr#WORDS} words an integer
     * @param ownMask r_i, likewise
     * @param nextMask r_{i+1}
     */
    record Blinded(long[] opened, long[] ownMask, long[] nextMask) {
        void wipe() {
            Arrays.fill(ownMask, 0);
            Arrays.fill(nextMask, 0);
        }

        @Override
        public String toString() {
            return "Blinded";
        }
    }

    private final Operation operation;

    BlindedOpening(Operation operation) {
        this.operation = operation;
    }

    static void requireWidth(int width) {
        if (width < 1 || width > LARGEST_WIDTH) {
            throw new IllegalArgumentException("width " + width + " is not in 1.." + LARGEST_WIDTH);
        }
    }

    /** @param width l, 1 to 170 */
    Blinded open(ElementShares x, int width) {
        requireWidth(width);
        int count = x.count();
        PartyId self = operation.self();
        long[] ownMask = mask(self.index(), width, count);
        long[] nextMask = mask(self.next().index(), width, count);
        long[] half = PrimeField.FR.fromIntegers(Int192.powerOfTwo(width - 1));
        ElementShares masked = x.plus(new ElementShares(
                        PrimeField.FR, count, FrVector.fromIntegers(ownMask), FrVector.fromIntegers(nextMask)))
                .plusPublic(self, FrVector.repeat(half, count));
        new Verification(operation, VERIFICATION).run();
        long[] opened = FrVector.toIntegers(new Opening(operation).open(masked, "open/c"));
        return new Blinded(opened, ownMask, nextMask);
    }

    /** Integers below 2^(width+80) in the words of Fr. */
    private long[] mask(int key, int width, int count) {
        int bits = width + STATISTICAL_BITS;
        long[] out = new long[count * Fr.WORDS];
        operation.stream(key, "mask/" + bits).integers(bits, Fr.WORDS, out, 0, count);
        return out;
    }
}
