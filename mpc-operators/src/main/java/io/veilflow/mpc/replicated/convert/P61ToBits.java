package io.veilflow.mpc.replicated.convert;

import io.veilflow.mpc.field.Int192;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.replicated.BitAnd;
import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.IntegerShares;
import io.veilflow.mpc.replicated.compare.AllOnes;
import io.veilflow.mpc.replicated.compare.ComponentSum;
import io.veilflow.mpc.replicated.compare.Majority;
import io.veilflow.mpc.session.Operation;
import java.util.ArrayList;
import java.util.List;

/**
 * The 61 bits of elements of F_p61, canonical (PROTOCOLS 4.9). The field has no room for a statistical mask, so nothing is
 * opened: the three components are added as integers (63 bits), the bits above 61 are folded onto the low end twice, and the
 * pattern of all ones, which stands for p and hence for 0, is cleared. 303 ANDs, about 190 rounds: for few conversions of many
 * lanes.
 *
 * <p>Security: only ANDs, each entered into the session's ledger in profile M; in profile S an error stays unseen.
 */
public final class P61ToBits {
    private static final int BITS = 61;

    private final ComponentSum components;
    private final BitAnd products;
    private final Majority carries;
    private final AllOnes allOnes;

    public P61ToBits(Operation operation) {
        this.components = new ComponentSum(operation);
        this.products = new BitAnd(operation);
        this.carries = new Majority(operation);
        this.allOnes = new AllOnes(operation);
    }

    /** @return 61 planes, values in [0, p) */
    public BitShares convert(ElementShares x) {
        if (x.field() != PrimeField.P61) {
            throw new IllegalArgumentException("not over F_p61: " + x);
        }
        IntegerShares integers = new IntegerShares(x.count(), widen(x.own()), widen(x.next()));
        BitShares sum = components.bits(integers, BITS);
        integers.wipe();
        BitShares once = fold(sum.planes(0, BITS), sum.planes(BITS, 2), true);
        BitShares twice = fold(once.planes(0, BITS), once.plane(BITS), false);
        return twice.xor(allOnes.reduce(twice).repeat(BITS));
    }

    private static long[] widen(long[] words) {
        long[] out = new long[words.length * Int192.WORDS];
        for (int k = 0; k < words.length; k++) {
            out[k * Int192.WORDS] = words[k];
        }
        return out;
    }

    /**
     * low + high, since 2^61 = 1 mod p.
     *
     * @param carryOut whether the carry out of the top bit is wanted, as plane 61; without it there is none
     */
    private BitShares fold(BitShares low, BitShares high, boolean carryOut) {
        List<BitShares> bits = new ArrayList<>();
        bits.add(low.plane(0).xor(high.plane(0)));
        BitShares k = products.and(low.plane(0), high.plane(0));
        for (int j = 1; j < BITS; j++) {
            BitShares a = low.plane(j);
            boolean added = j < high.planes();
            bits.add(added ? a.xor(high.plane(j)).xor(k) : a.xor(k));
            if (carryOut || j < BITS - 1) {
                k = added ? carries.of(a, high.plane(j), k) : products.and(a, k);
            }
        }
        if (carryOut) {
            bits.add(k);
        }
        return BitShares.stack(bits);
    }
}
