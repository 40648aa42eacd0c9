package io.veilflow.mpc.verification;

import io.veilflow.mpc.field.P61;
import java.util.Arrays;

/**
 * The fold of the first level of ANDs by tables (PROTOCOLS 4.5). The entries of two neighbouring gates depend on six
 * bits, so their contribution at the challenge is one of 64 values; four look-ups a block replace 32 products. The
 * bits of a block come together by a transposition of bytes, lane by lane. The tables' 2 KB are looked up by bits of
 * this party's own components: like all that it computes, this hides nothing from who can observe the party's own
 * processor.
 */
final class AndFold {
    private static final int GATES = AndSide.GROUP;
    private static final int PAIR_ENTRIES = 64;
    private static final int PAIRS = GATES / 2;

    private final boolean left;
    private final long[] tables = new long[PAIRS * PAIR_ENTRIES];

    /** @param basis the Lagrange basis of 32 points at the challenge */
    AndFold(boolean left, long[] basis) {
        this.left = left;
        for (int pair = 0; pair < PAIRS; pair++) {
            long[] low = gate(basis, 2 * pair);
            long[] high = gate(basis, 2 * pair + 1);
            for (int bits = 0; bits < PAIR_ENTRIES; bits++) {
                tables[pair * PAIR_ENTRIES + bits] = P61.add(low[bits & 7], high[bits >>> 3]);
            }
        }
    }

    /** What a gate contributes for each value of the bits a, c, sign, lowest first. */
    private long[] gate(long[] basis, int position) {
        long[] out = new long[8];
        int at = position * AndSide.ENTRIES;
        for (int bits = 0; bits < out.length; bits++) {
            long a = bits & 1;
            long c = bits >>> 1 & 1;
            long total = basis[at + 3];
            if (left) {
                total = P61.mul(total, AndPoints.kappa(3));
            }
            total = P61.add(total, P61.mul(a, basis[at + 2]));
            total = P61.add(total, P61.mul(c, basis[at + 1]));
            total = P61.add(total, P61.mul(left ? P61.mul(AndPoints.kappa(0), a & c) : a & c, basis[at]));
            out[bits] = bits >>> 2 == 0 ? total : P61.sub(0, total);
        }
        return out;
    }

    /** One entry per block; blocks ascend by group, then lane. */
    long[] fold(AndSide side) {
        int groups = side.groups();
        long[] out = new long[groups * Long.SIZE];
        long[] indices = new long[PAIRS * 8];
        for (int g = 0; g < groups; g++) {
            int word = g * GATES;
            for (int pair = 0; pair < PAIRS; pair++, word += 2) {
                transpose(
                        side.first(word),
                        side.second(word),
                        side.sign(word),
                        side.first(word + 1),
                        side.second(word + 1),
                        side.sign(word + 1),
                        indices,
                        pair * 8);
            }
            group(indices, tables, out, g * Long.SIZE);
        }
        Arrays.fill(indices, 0);
        return out;
    }

    /** Byte j of out[to + k] holds the six words' bits of lane 8j + k, the first word's lowest. */
    private static void transpose(long w0, long w1, long w2, long w3, long w4, long w5, long[] out, int to) {
        long mask = 0x5555555555555555L;
        long t = (w0 >>> 1 ^ w1) & mask;
        w1 ^= t;
        w0 ^= t << 1;
        t = (w2 >>> 1 ^ w3) & mask;
        w3 ^= t;
        w2 ^= t << 1;
        t = (w4 >>> 1 ^ w5) & mask;
        w5 ^= t;
        w4 ^= t << 1;
        mask = 0x3333333333333333L;
        t = (w0 >>> 2 ^ w2) & mask;
        w2 ^= t;
        w0 ^= t << 2;
        t = (w1 >>> 2 ^ w3) & mask;
        w3 ^= t;
        w1 ^= t << 2;
        // words 6 and 7 are zero
        long w6 = w4 >>> 2 & mask;
        w4 &= mask;
        long w7 = w5 >>> 2 & mask;
        w5 &= mask;
        mask = 0x0f0f0f0f0f0f0f0fL;
        out[to] = w0 & mask | w4 << 4 & ~mask;
        out[to + 1] = w1 & mask | w5 << 4 & ~mask;
        out[to + 2] = w2 & mask | w6 << 4 & ~mask;
        out[to + 3] = w3 & mask | w7 << 4 & ~mask;
        out[to + 4] = w0 >>> 4 & mask | w4 & ~mask;
        out[to + 5] = w1 >>> 4 & mask | w5 & ~mask;
        out[to + 6] = w2 >>> 4 & mask | w6 & ~mask;
        out[to + 7] = w3 >>> 4 & mask | w7 & ~mask;
    }

    private static void group(long[] indices, long[] tables, long[] out, int to) {
        for (int k = 0; k < 8; k++) {
            long i0 = indices[k];
            long i1 = indices[8 + k];
            long i2 = indices[16 + k];
            long i3 = indices[24 + k];
            for (int j = 0; j < 8; j++) {
                int shift = 8 * j;
                // four values below 2^61: no overflow
                long sum = tables[(int) (i0 >>> shift) & 63]
                        + tables[64 + ((int) (i1 >>> shift) & 63)]
                        + tables[128 + ((int) (i2 >>> shift) & 63)]
                        + tables[192 + ((int) (i3 >>> shift) & 63)];
                long reduced = (sum & P61.P) + (sum >>> 61) - P61.P;
                out[to + shift + k] = reduced + (P61.P & reduced >> 63);
            }
        }
    }
}
