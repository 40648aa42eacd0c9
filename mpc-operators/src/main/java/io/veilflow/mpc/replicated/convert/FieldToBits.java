package io.veilflow.mpc.replicated.convert;

import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.IntegerShares;
import io.veilflow.mpc.session.Operation;

/**
 * From Fr to bits for |x| < 2^(l-1) (PROTOCOLS 4.9): {@link FieldToIntegers}, then {@link IntegerToBits}. One round and 32 bytes a
 * value more than the latter, besides the verification.
 *
 * <p>Security: one malicious party; the opened value is within 2^-80 of independent of x. In profile S nothing is verified: a party
 * that deviated in a product before can learn about x here.
 */
public final class FieldToBits {
    private final FieldToIntegers integers;
    private final IntegerToBits bits;

    public static FieldToBits forLanes(Operation operation, int lanes) {
        return new FieldToBits(operation, IntegerToBits.forLanes(operation, lanes));
    }

    /** @param bits of the same operation */
    public FieldToBits(Operation operation, IntegerToBits bits) {
        this.integers = new FieldToIntegers(operation);
        this.bits = bits;
    }

    /**
     * All {@code width} bits, two's complement.
     *
     * @param width 1 to 170
     */
    public BitShares all(ElementShares x, int width) {
        BlindedOpening.requireWidth(width);
        if (x.count() == 0) {
            return BitShares.zeros(0, width);
        }
        IntegerShares components = integers.convert(x, width);
        BitShares out = bits.all(components, width);
        components.wipe();
        return out;
    }
}
