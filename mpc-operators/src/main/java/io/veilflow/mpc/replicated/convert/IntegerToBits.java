package io.veilflow.mpc.replicated.convert;

import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.replicated.IntegerShares;
import io.veilflow.mpc.replicated.compare.CarryAdder;
import io.veilflow.mpc.replicated.compare.CarrySaveAdder;
import io.veilflow.mpc.replicated.compare.RippleAdder;
import io.veilflow.mpc.replicated.compare.TreeAdder;
import io.veilflow.mpc.session.Operation;

/**
 * Bits of an integer from its RISS components (A2B, PROTOCOLS 4.6), two's complement at any width from 1 to 192. Ripple: l-1
 * rounds, 2l-3 ANDs. Tree: 2 + ceil(log2(l-2)) rounds.
 *
 * <p>Security: only ANDs of {@link io.veilflow.mpc.replicated.BitAnd}, with its model: one malicious party adds errors that it knows; in
 * profile M each AND is in the session's ledger until it is verified, in profile S an error stays unseen.
 */
public final class IntegerToBits {
    /** From this many lanes on bytes cost more than rounds on a fast network. */
    private static final int RIPPLE_FROM_LANES = 1 << 13;

    private static final int LARGEST_WIDTH = 192;

    private final CarrySaveAdder reduction;
    private final CarryAdder adder;

    /** With the adder that suits so many lanes. */
    public static IntegerToBits forLanes(Operation operation, int lanes) {
        return new IntegerToBits(
                operation, lanes < RIPPLE_FROM_LANES ? new TreeAdder(operation) : new RippleAdder(operation));
    }

    /** @param adder of the same operation */
    public IntegerToBits(Operation operation, CarryAdder adder) {
        this.reduction = new CarrySaveAdder(operation);
        this.adder = adder;
    }

    /** The lowest {@code width} bits. */
    public BitShares all(IntegerShares x, int width) {
        CarrySaveAdder.Reduced reduced = reduce(x, width);
        return width == 1 ? reduced.sum() : adder.allBits(reduced.sum(), reduced.carry());
    }

    /** Bit {@code width - 1}: the sign if -2^(width-1) <= x < 2^(width-1). */
    public BitShares top(IntegerShares x, int width) {
        CarrySaveAdder.Reduced reduced = reduce(x, width);
        return width == 1 ? reduced.sum() : adder.topBit(reduced.sum(), reduced.carry());
    }

    private CarrySaveAdder.Reduced reduce(IntegerShares x, int width) {
        if (width < 1 || width > LARGEST_WIDTH) {
            throw new IllegalArgumentException("width " + width + " is not in 1.." + LARGEST_WIDTH);
        }
        return reduction.reduce(x, width);
    }
}
