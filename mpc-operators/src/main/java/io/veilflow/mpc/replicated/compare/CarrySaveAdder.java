package io.veilflow.mpc.replicated.compare;

import io.veilflow.mpc.bits.Planes;
import io.veilflow.mpc.field.Int192;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.BitAnd;
import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.replicated.IntegerShares;
import io.veilflow.mpc.session.Operation;

/**
 * From the three components of an integer to two Boolean shared numbers: x = s + 2c mod 2^l (PROTOCOLS 4.6). The component
 * x_j is known to its holders, hence the bits of (x_0, x_1, x_2) are already a sharing of s = x_0 ^ x_1 ^ x_2; c =
 * maj(x_0, x_1, x_2) costs one AND per bit, all in one round. Security: that of {@link BitAnd}.
 */
public final class CarrySaveAdder {
    /** x = sum + 2 * carry mod 2^l: l planes and l-1 planes. */
    public record Reduced(BitShares sum, BitShares carry) {}

    private final PartyId self;
    private final BitAnd products;

    public CarrySaveAdder(Operation operation) {
        this.self = operation.self();
        this.products = new BitAnd(operation);
    }

    public Reduced reduce(IntegerShares x, int width) {
        int lanes = x.count();
        long[] own = Planes.fromNumbers(x.own(), Int192.WORDS, lanes, width);
        long[] next = Planes.fromNumbers(x.next(), Int192.WORDS, lanes, width);
        BitShares sum = new BitShares(lanes, width, own, next);
        BitShares low = sum.planes(0, width - 1);
        // maj = ((x_0 ^ x_2) & (x_1 ^ x_2)) ^ x_2, and components 0 and 2 are a sharing of x_0 ^ x_2
        BitShares both = products.and(without(low, 1), without(low, 0));
        return new Reduced(sum, both.xor(without(without(low, 0), 1)));
    }

    /** The same components but for one, which is zero. */
    private BitShares without(BitShares x, int component) {
        return new BitShares(
                x.lanes(),
                x.planes(),
                self.index() == component ? new long[x.own().length] : x.own(),
                self.next().index() == component ? new long[x.next().length] : x.next());
    }
}
