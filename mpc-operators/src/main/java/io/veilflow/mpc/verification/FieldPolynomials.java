package io.veilflow.mpc.verification;

import io.veilflow.mpc.field.PrimeField;
import java.util.Arrays;

/**
 * Over any field, by its vector operations. Points beyond the block come from differences, so they cost additions
 * only. Works on so many blocks at a time that what lies between stays in the processor's cache.
 */
final class FieldPolynomials implements BlockPolynomials {
    private static final int BLOCKS_AT_ONCE = 128;

    private final PrimeField field;
    private final int words;

    FieldPolynomials(PrimeField field) {
        this.field = field;
        this.words = field.words();
    }

    @Override
    public long[] points(long[] left, long[] right, int block) {
        int count = Step.pointsOf(block);
        long[] out = new long[count * words];
        int blocks = blocks(left, block);
        for (int from = 0; from < blocks; from += BLOCKS_AT_ONCE) {
            int some = Math.min(BLOCKS_AT_ONCE, blocks - from);
            long[][] p = columns(left, block, from, some);
            long[][] q = columns(right, block, from, some);
            for (int x = 0; x < block; x++) {
                addDot(out, x, p[x], q[x]);
            }
            differences(p);
            differences(q);
            for (int x = block; x < count; x++) {
                next(p);
                next(q);
                addDot(out, x, p[block - 1], q[block - 1]);
            }
        }
        return out;
    }

    private int blocks(long[] vector, int block) {
        return (vector.length / words + block - 1) / block;
    }

    /** Column k: entry k of each block. */
    private long[][] columns(long[] vector, int block, int from, int some) {
        long[][] out = new long[block][some * words];
        for (int b = 0; b < some; b++) {
            for (int k = 0; k < block; k++) {
                int at = ((from + b) * block + k) * words;
                if (at < vector.length) {
                    System.arraycopy(vector, at, out[k], b * words, words);
                }
            }
        }
        return out;
    }

    private void addDot(long[] out, int x, long[] p, long[] q) {
        long[] sum = field.add(Arrays.copyOfRange(out, x * words, (x + 1) * words), field.dots(p, q, 1));
        System.arraycopy(sum, 0, out, x * words, words);
    }

    /** Values at 0..K-1 become backward differences at K-1: column K-1-j holds the j-th. */
    private void differences(long[][] columns) {
        for (int j = 1; j < columns.length; j++) {
            for (int k = 0; k < columns.length - j; k++) {
                columns[k] = field.subtract(columns[k + 1], columns[k]);
            }
        }
    }

    /** Backward differences at x become those at x + 1; the last column is the value. */
    private void next(long[][] columns) {
        for (int k = 1; k < columns.length; k++) {
            columns[k] = field.add(columns[k], columns[k - 1]);
        }
    }

    @Override
    public long[] fold(long[] vector, int block, long[] basis) {
        int blocks = blocks(vector, block);
        long[] out = new long[blocks * words];
        long[] weights = new long[Math.min(blocks, BLOCKS_AT_ONCE) * basis.length];
        for (int at = 0; at < weights.length; at += basis.length) {
            System.arraycopy(basis, 0, weights, at, basis.length);
        }
        for (int from = 0; from < blocks; from += BLOCKS_AT_ONCE) {
            int some = Math.min(BLOCKS_AT_ONCE, blocks - from);
            int length = some * block * words;
            long[] entries = Arrays.copyOfRange(vector, from * block * words, from * block * words + length);
            long[] used = weights.length == length ? weights : Arrays.copyOf(weights, length);
            System.arraycopy(field.dots(entries, used, some), 0, out, from * words, some * words);
        }
        return out;
    }
}
