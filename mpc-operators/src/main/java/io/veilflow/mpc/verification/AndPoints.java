package io.veilflow.mpc.verification;

import io.veilflow.mpc.field.P61;
import io.veilflow.mpc.field.PrimeField;
import java.util.Arrays;

/**
 * G of the first level of ANDs by counting bits (PROTOCOLS 4.5, ours). With U = (a&c, c, a, ~0) per gate on the left,
 * V likewise on the right, and X = e ^ f the sign of a pair of gates, M[a][b] sums over all lanes U_a*V_b*(-1)^X; G(x)
 * = sum of kappa_a * l_a(x) * l_b(x) * M[a][b]. Deviation: bitCount(w) - 2*bitCount(w & X) of PROTOCOLS is bitCount(w
 * ^ X) - bitCount(X), one count less.
 */
final class AndPoints {
    /** -2, 1, 1, -1/2. */
    private static final long[] KAPPA = {P61.P - 2, 1, 1, P61.P - (1L << 60)};

    private static final int GATES = AndSide.GROUP;
    private static final int BLOCK = AndSide.BLOCK;

    /** Groups that are counted together: their words stay in the first-level cache. */
    private static final int TILE = 64;

    /** Of the four strings of a gate the last is all ones and is not stored. */
    private static final int STRINGS = 3;

    /** Lagrange bases at x = 32..62, one row of 32 each. */
    private static final long[] EXTENSION = extension();

    private AndPoints() {}

    private static long[] extension() {
        Interpolation interpolation = new Interpolation(PrimeField.P61, BLOCK);
        long[] out = new long[(BLOCK - 1) * BLOCK];
        for (int x = BLOCK; x < Step.pointsOf(BLOCK); x++) {
            long[] row = interpolation.basis(BLOCK, new long[] {x});
            System.arraycopy(row, 0, out, (x - BLOCK) * BLOCK, BLOCK);
        }
        return out;
    }

    static long kappa(int alpha) {
        return KAPPA[alpha];
    }

    /** G(0..62). */
    static long[] of(AndSide left, AndSide right) {
        long[] sums = signedCounts(left, right);
        long[] out = new long[Step.pointsOf(BLOCK)];
        for (int x = 0; x < BLOCK; x++) {
            out[x] = P61.mul(KAPPA[x % AndSide.ENTRIES], residue(sums[x * BLOCK + x]));
        }
        for (int x = BLOCK; x < out.length; x++) {
            out[x] = extended(sums, (x - BLOCK) * BLOCK);
        }
        return out;
    }

    private static long extended(long[] sums, int row) {
        long total = 0;
        for (int a = 0; a < BLOCK; a++) {
            long inner = 0;
            for (int b = 0; b < BLOCK; b++) {
                inner = P61.add(inner, P61.mul(EXTENSION[row + b], residue(sums[a * BLOCK + b])));
            }
            long weight = P61.mul(KAPPA[a % AndSide.ENTRIES], EXTENSION[row + a]);
            total = P61.add(total, P61.mul(weight, inner));
        }
        return total;
    }

    /** Of a signed count far below p. */
    private static long residue(long count) {
        return count + (P61.P & count >> 63);
    }

    /** M, row by row. */
    static long[] signedCounts(AndSide left, AndSide right) {
        long[] out = new long[BLOCK * BLOCK];
        long[] u = new long[GATES * STRINGS * TILE];
        long[] v = new long[GATES * STRINGS * TILE];
        long[] e = new long[GATES * TILE];
        long[] f = new long[GATES * TILE];
        long[] x = new long[TILE];
        int groups = left.groups();
        for (int from = 0; from < groups; from += TILE) {
            int some = Math.min(TILE, groups - from);
            load(left, from, some, u, e);
            load(right, from, some, v, f);
            for (int p = 0; p < GATES; p++) {
                for (int q = 0; q < GATES; q++) {
                    pair(u, e, p, v, f, q, x, some, out);
                }
            }
        }
        Arrays.fill(u, 0);
        Arrays.fill(v, 0);
        Arrays.fill(e, 0);
        Arrays.fill(f, 0);
        Arrays.fill(x, 0);
        return out;
    }

    private static void load(AndSide side, int from, int some, long[] strings, long[] signs) {
        for (int p = 0; p < GATES; p++) {
            int at = p * STRINGS * TILE;
            for (int t = 0; t < some; t++) {
                int word = (from + t) * GATES + p;
                long a = side.first(word);
                long c = side.second(word);
                strings[at + t] = a & c;
                strings[at + TILE + t] = c;
                strings[at + 2 * TILE + t] = a;
                signs[p * TILE + t] = side.sign(word);
            }
        }
    }

    private static void pair(long[] u, long[] e, int p, long[] v, long[] f, int q, long[] x, int some, long[] out) {
        int negative = 0;
        for (int t = 0; t < some; t++) {
            long sign = e[p * TILE + t] ^ f[q * TILE + t];
            x[t] = sign;
            negative += Long.bitCount(sign);
        }
        int at = p * AndSide.ENTRIES * BLOCK + q * AndSide.ENTRIES;
        for (int alpha = 0; alpha < STRINGS; alpha++) {
            row(u, (p * STRINGS + alpha) * TILE, v, q * STRINGS * TILE, x, some, negative, out, at + alpha * BLOCK);
        }
        ones(v, q * STRINGS * TILE, x, some, negative, out, at + STRINGS * BLOCK);
    }

    private static void row(long[] u, int ut, long[] v, int vt, long[] x, int some, int negative, long[] out, int at) {
        int first = 0;
        int second = 0;
        int third = 0;
        int fourth = 0;
        for (int t = 0; t < some; t++) {
            long a = u[ut + t];
            long sign = x[t];
            first += Long.bitCount(a & v[vt + t] ^ sign);
            second += Long.bitCount(a & v[vt + TILE + t] ^ sign);
            third += Long.bitCount(a & v[vt + 2 * TILE + t] ^ sign);
            fourth += Long.bitCount(a ^ sign);
        }
        out[at] += first - negative;
        out[at + 1] += second - negative;
        out[at + 2] += third - negative;
        out[at + 3] += fourth - negative;
    }

    private static void ones(long[] v, int vt, long[] x, int some, int negative, long[] out, int at) {
        int first = 0;
        int second = 0;
        int third = 0;
        for (int t = 0; t < some; t++) {
            long sign = x[t];
            first += Long.bitCount(v[vt + t] ^ sign);
            second += Long.bitCount(v[vt + TILE + t] ^ sign);
            third += Long.bitCount(v[vt + 2 * TILE + t] ^ sign);
        }
        out[at] += first - negative;
        out[at + 1] += second - negative;
        out[at + 2] += third - negative;
        out[at + 3] += Long.SIZE * some - 2 * negative;
    }
}
