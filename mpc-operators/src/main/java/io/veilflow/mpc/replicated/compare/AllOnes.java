package io.veilflow.mpc.replicated.compare;

import io.veilflow.mpc.replicated.BitAnd;
import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.session.Operation;
import java.util.ArrayList;
import java.util.List;

/**
 * Lane by lane, whether all planes are one: AND tree over adjacent pairs, an odd last one passes; l-1 ANDs in ceil(log2 l)
 * rounds. Security: that of {@link BitAnd}.
 */
public final class AllOnes {
    private final BitAnd products;

    public AllOnes(Operation operation) {
        this.products = new BitAnd(operation);
    }

    /** @param x at least one plane */
    public BitShares reduce(BitShares x) {
        BitShares rest = x;
        while (rest.planes() > 1) {
            rest = halve(rest);
        }
        return rest;
    }

    private BitShares halve(BitShares x) {
        List<BitShares> even = new ArrayList<>();
        List<BitShares> odd = new ArrayList<>();
        for (int k = 0; k + 1 < x.planes(); k += 2) {
            even.add(x.plane(k));
            odd.add(x.plane(k + 1));
        }
        BitShares joined = products.and(BitShares.stack(even), BitShares.stack(odd));
        return x.planes() % 2 == 0 ? joined : BitShares.stack(List.of(joined, x.plane(x.planes() - 1)));
    }
}
