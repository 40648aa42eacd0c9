package io.veilflow.mpc.replicated.compare;

import io.veilflow.mpc.replicated.BitAnd;
import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.replicated.IntegerShares;
import io.veilflow.mpc.session.Operation;
import java.util.ArrayList;
import java.util.List;

/**
 * The whole sum x_0 + x_1 + x_2 of three components below 2^l as l+2 bits (PROTOCOLS 4.8): carry-save, then ripple. 2l ANDs in
 * l+1 rounds. Security: that of {@link BitAnd}.
 */
public final class ComponentSum {
    private final CarrySaveAdder reduction;
    private final Majority carries;
    private final BitAnd products;

    public ComponentSum(Operation operation) {
        this.reduction = new CarrySaveAdder(operation);
        this.carries = new Majority(operation);
        this.products = new BitAnd(operation);
    }

    /**
     * @param components each in [0, 2^width); no share of a value in the sense of PROTOCOLS 3
     * @param width l, 1 to 191
     */
    public BitShares bits(IntegerShares components, int width) {
        CarrySaveAdder.Reduced reduced = reduction.reduce(components, width + 1);
        BitShares sum = reduced.sum();
        BitShares carry = reduced.carry();
        BitShares k = BitShares.zeros(components.count(), 1);
        List<BitShares> bits = new ArrayList<>();
        bits.add(sum.plane(0));
        for (int j = 1; j < width; j++) {
            BitShares s = sum.plane(j);
            BitShares c = carry.plane(j - 1);
            bits.add(s.xor(c).xor(k));
            k = carries.of(s, c, k);
        }
        BitShares last = carry.plane(width - 1);
        bits.add(last.xor(k));
        bits.add(products.and(last, k));
        return BitShares.stack(bits);
    }
}
