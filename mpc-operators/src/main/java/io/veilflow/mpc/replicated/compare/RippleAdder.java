package io.veilflow.mpc.replicated.compare;

import io.veilflow.mpc.replicated.BitAnd;
import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.session.Operation;

/**
 * Carry by carry: k_1 = 0, k_{j+1} = maj(s_j, c_{j-1}, k_j), one AND and one round a bit, l-2 of them (PROTOCOLS 4.6). All
 * bits cost no more ANDs than the top one. Fewest bytes, most rounds. Works in two planes that it uses again for every bit, so
 * that they stay in the processor's cache. Security: that of {@link BitAnd}.
 */
public final class RippleAdder implements CarryAdder {
    private final BitAnd products;

    public RippleAdder(Operation operation) {
        this.products = new BitAnd(operation);
    }

    @Override
    public BitShares allBits(BitShares sum, BitShares carry) {
        int words = BitShares.wordsOf(sum.lanes());
        BitShares bits = BitShares.zeros(sum.lanes(), sum.planes());
        System.arraycopy(sum.own(), 0, bits.own(), 0, words);
        System.arraycopy(sum.next(), 0, bits.next(), 0, words);
        add(sum, carry, bits);
        return bits;
    }

    @Override
    public BitShares topBit(BitShares sum, BitShares carry) {
        BitShares bit = BitShares.zeros(sum.lanes(), 1);
        add(sum, carry, bit);
        return bit;
    }

    /** Bits 1 to l-1 into {@code bits}, or bit l-1 alone if it has one plane. */
    private void add(BitShares sum, BitShares carry, BitShares bits) {
        int lanes = sum.lanes();
        int words = BitShares.wordsOf(lanes);
        int top = sum.planes() - 1;
        boolean all = bits.planes() > 1;
        BitShares k = BitShares.zeros(lanes, 1);
        BitShares withCarry = BitShares.zeros(lanes, 1);
        BitShares both = BitShares.zeros(lanes, 1);
        for (int j = 1; j <= top; j++) {
            xor(sum, j, carry, j - 1, both, 0, words);
            if (all || j == top) {
                xor(both, 0, k, 0, bits, all ? j : 0, words);
            }
            if (j < top) {
                // maj(s, c, k) = ((k ^ s) & (s ^ c)) ^ s; the product's arrays are new, so the carry takes their place
                xor(sum, j, k, 0, withCarry, 0, words);
                k = products.and(withCarry, both);
                xor(sum, j, k, 0, k, 0, words);
            }
        }
    }

    private static void xor(BitShares a, int i, BitShares b, int j, BitShares out, int k, int words) {
        xor(a.own(), i * words, b.own(), j * words, out.own(), k * words, words);
        xor(a.next(), i * words, b.next(), j * words, out.next(), k * words, words);
    }

    private static void xor(long[] a, int at, long[] b, int bt, long[] out, int to, int words) {
        for (int w = 0; w < words; w++) {
            out[to + w] = a[at + w] ^ b[bt + w];
        }
    }
}
