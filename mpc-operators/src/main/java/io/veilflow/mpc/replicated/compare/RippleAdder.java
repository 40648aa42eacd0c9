package io.veilflow.mpc.replicated.compare;

import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.session.Operation;
import java.util.ArrayList;
import java.util.List;

/**
 * Carry by carry: k_1 = 0, k_{j+1} = maj(s_j, c_{j-1}, k_j), one AND and one round a bit, l-2 of them (PROTOCOLS 4.6). All
 * bits cost no more ANDs than the top one. Fewest bytes, most rounds. Security: that of {@link io.veilflow.mpc.replicated.BitAnd}.
 */
public final class RippleAdder implements CarryAdder {
    private final Majority carries;

    public RippleAdder(Operation operation) {
        this.carries = new Majority(operation);
    }

    @Override
    public BitShares allBits(BitShares sum, BitShares carry) {
        int width = sum.planes();
        BitShares k = BitShares.zeros(sum.lanes(), 1);
        List<BitShares> bits = new ArrayList<>();
        bits.add(sum.plane(0));
        for (int j = 1; j < width; j++) {
            BitShares s = sum.plane(j);
            BitShares c = carry.plane(j - 1);
            bits.add(s.xor(c).xor(k));
            if (j < width - 1) {
                k = carries.of(s, c, k);
            }
        }
        return BitShares.stack(bits);
    }

    @Override
    public BitShares topBit(BitShares sum, BitShares carry) {
        return allBits(sum, carry).plane(sum.planes() - 1);
    }
}
