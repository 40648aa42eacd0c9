package io.veilflow.mpc.field;

/** The scalars of secp256k1, flat words as in {@link Zq}. */
final class ZqField implements PrimeField {
    @Override
    public String label() {
        return "Z_Q";
    }

    @Override
    public int words() {
        return Zq.WORDS;
    }

    @Override
    public int bytes() {
        return Zq.BYTES;
    }

    @Override
    public int prssBytes() {
        return Zq.PRSS_BYTES;
    }

    @Override
    public long[] one() {
        return Zq.one();
    }

    @Override
    public long[] element(long value) {
        return new long[] {value, 0, 0, 0};
    }

    @Override
    public long[] fromIntegers(long[] integers) {
        return Int192.toZq(integers);
    }

    @Override
    public long[] add(long[] a, long[] b) {
        requireSameLength(a, b);
        long[] out = new long[a.length];
        for (int k = 0; k < out.length; k += Zq.WORDS) {
            Zq.add(a, k, b, k, out, k);
        }
        return out;
    }

    @Override
    public long[] subtract(long[] a, long[] b) {
        requireSameLength(a, b);
        long[] out = new long[a.length];
        for (int k = 0; k < out.length; k += Zq.WORDS) {
            Zq.sub(a, k, b, k, out, k);
        }
        return out;
    }

    @Override
    public long[] multiply(long[] a, long[] b) {
        requireSameLength(a, b);
        long[] out = new long[a.length];
        for (int k = 0; k < out.length; k += Zq.WORDS) {
            Zq.mul(a, k, b, k, out, k);
        }
        return out;
    }

    @Override
    public long[] scale(long[] a, long[] factor) {
        long[] out = new long[a.length];
        for (int k = 0; k < out.length; k += Zq.WORDS) {
            Zq.mul(a, k, factor, 0, out, k);
        }
        return out;
    }

    @Override
    public long[] sum(long[] a) {
        long[] out = new long[Zq.WORDS];
        for (int k = 0; k < a.length; k += Zq.WORDS) {
            Zq.add(out, 0, a, k, out, 0);
        }
        return out;
    }

    @Override
    public long[] repeat(long[] element, int times) {
        long[] out = new long[times * Zq.WORDS];
        for (int k = 0; k < out.length; k += Zq.WORDS) {
            System.arraycopy(element, 0, out, k, Zq.WORDS);
        }
        return out;
    }

    @Override
    public long[] dots(long[] a, long[] b, int sums) {
        requireSameLength(a, b);
        long[] out = new long[sums * Zq.WORDS];
        long[] product = new long[Zq.WORDS];
        int run = sums == 0 ? 0 : a.length / sums;
        for (int s = 0; s < sums; s++) {
            int to = s * Zq.WORDS;
            for (int k = s * run; k < (s + 1) * run; k += Zq.WORDS) {
                Zq.mul(a, k, b, k, product, 0);
                Zq.add(out, to, product, 0, out, to);
            }
        }
        return out;
    }

    @Override
    public long[] invert(long[] a) {
        long[] out = new long[a.length];
        for (int k = 0; k < a.length; k += Zq.WORDS) {
            Zq.invert(a, k, out, k);
        }
        return out;
    }

    @Override
    public byte[] encode(long[] a) {
        byte[] out = new byte[a.length / Zq.WORDS * Zq.BYTES];
        for (int k = 0; k < a.length; k++) {
            Bytes.putLongBigEndian(a[k], out, bigEndianPlace(k));
        }
        return out;
    }

    @Override
    public long[] decode(byte[] in) {
        if (in.length % Zq.BYTES != 0) {
            throw new IllegalArgumentException(in.length + " bytes are no vector over " + label());
        }
        long[] out = new long[in.length / Zq.BYTES * Zq.WORDS];
        for (int k = 0; k < out.length; k++) {
            out[k] = Bytes.longBigEndian(in, bigEndianPlace(k));
        }
        for (int k = 0; k < out.length; k += Zq.WORDS) {
            if (!Zq.belowModulus(out, k)) {
                throw new NotCanonicalException(label());
            }
        }
        return out;
    }

    @Override
    public void multiply(long[] a, int at, long[] b, int bt, long[] out, int to) {
        Zq.mul(a, at, b, bt, out, to);
    }

    @Override
    public void add(long[] a, int at, long[] b, int bt, long[] out, int to) {
        Zq.add(a, at, b, bt, out, to);
    }

    @Override
    public void subtract(long[] a, int at, long[] b, int bt, long[] out, int to) {
        Zq.sub(a, at, b, bt, out, to);
    }

    @Override
    public ProductSum productSum() {
        return new ZqProductSum();
    }

    @Override
    public void fromPrss(byte[] in, int at, int count, long[] out, int to) {
        for (int k = 0; k < count; k++) {
            Zq.fromPrss(in, at + k * Zq.PRSS_BYTES, out, to + k * Zq.WORDS);
        }
    }

    /** Byte position of word k: elements ascend, words within an element descend. */
    private static int bigEndianPlace(int k) {
        return (k & -Zq.WORDS) * Long.BYTES + (Zq.WORDS - 1 - (k & (Zq.WORDS - 1))) * Long.BYTES;
    }

    private static void requireSameLength(long[] a, long[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException(
                    "vectors of " + a.length / Zq.WORDS + " and " + b.length / Zq.WORDS + " elements");
        }
    }
}
