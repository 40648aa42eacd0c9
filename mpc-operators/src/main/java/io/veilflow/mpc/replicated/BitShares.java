package io.veilflow.mpc.replicated;

import io.veilflow.mpc.bits.Planes;
import io.veilflow.mpc.party.PartyId;
import java.util.Arrays;
import java.util.List;

/**
 * This party's two components of Boolean shared numbers, bit-sliced: {@code planes} planes of {@code lanes} lanes, plane
 * after plane, lowest bit first; lane k is bit k mod 64 of word k div 64 of its plane. Lanes at and above {@code lanes} mean
 * nothing; openings cut them. All methods are local; none changes its operands. Holds secrets: shows nothing.
 */
public final class BitShares {
    private final int lanes;
    private final int planes;
    private final long[] own;
    private final long[] next;

    /** Takes the arrays over; each has {@code planes * wordsOf(lanes)} words. */
    public BitShares(int lanes, int planes, long[] own, long[] next) {
        if (lanes < 0 || planes < 0 || own.length != planes * wordsOf(lanes) || next.length != own.length) {
            throw new IllegalArgumentException(planes + " planes of " + lanes + " lanes do not lie in " + own.length
                    + " and " + next.length + " words");
        }
        this.lanes = lanes;
        this.planes = planes;
        this.own = own;
        this.next = next;
    }

    /** Words of one plane. */
    public static int wordsOf(int lanes) {
        return Planes.wordsOf(lanes);
    }

    public static BitShares zeros(int lanes, int planes) {
        int words = planes * wordsOf(lanes);
        return new BitShares(lanes, planes, new long[words], new long[words]);
    }

    /** A public value as a sharing: component 0 holds it. */
    public static BitShares ofPublic(PartyId self, int lanes, int planes, long[] values) {
        return trivial(self, 0, lanes, planes, values);
    }

    /** The sharing whose given component is {@code values} and whose others are zero. A party without it passes anything. */
    public static BitShares trivial(PartyId self, int component, int lanes, int planes, long[] values) {
        int words = planes * wordsOf(lanes);
        return new BitShares(
                lanes,
                planes,
                self.index() == component ? Arrays.copyOf(values, words) : new long[words],
                self.next().index() == component ? Arrays.copyOf(values, words) : new long[words]);
    }

    public int lanes() {
        return lanes;
    }

    public int planes() {
        return planes;
    }

    /** Component i itself, not a copy: treat as read-only. */
    public long[] own() {
        return own;
    }

    /** Component i+1 itself, not a copy: treat as read-only. */
    public long[] next() {
        return next;
    }

    public BitShares xor(BitShares other) {
        if (other.lanes != lanes || other.planes != planes) {
            throw new IllegalArgumentException("xor of " + this + " and " + other);
        }
        return new BitShares(lanes, planes, xor(own, other.own), xor(next, other.next));
    }

    private static long[] xor(long[] a, long[] b) {
        long[] out = new long[a.length];
        for (int k = 0; k < out.length; k++) {
            out[k] = a[k] ^ b[k];
        }
        return out;
    }

    /** Every bit inverted. */
    public BitShares not(PartyId self) {
        long[] ones = new long[own.length];
        Arrays.fill(ones, -1L);
        return xor(ofPublic(self, lanes, planes, ones));
    }

    /** Planes {@code from} (inclusive) on. */
    public BitShares planes(int from, int count) {
        int words = wordsOf(lanes);
        return new BitShares(
                lanes,
                count,
                Arrays.copyOfRange(own, from * words, (from + count) * words),
                Arrays.copyOfRange(next, from * words, (from + count) * words));
    }

    public BitShares plane(int index) {
        return planes(index, 1);
    }

    /** One plane repeated. */
    public BitShares repeat(int times) {
        if (planes != 1) {
            throw new IllegalStateException("only one plane is repeated, not " + planes);
        }
        BitShares out = zeros(lanes, times);
        for (int k = 0; k < times; k++) {
            System.arraycopy(own, 0, out.own, k * own.length, own.length);
            System.arraycopy(next, 0, out.next, k * next.length, next.length);
        }
        return out;
    }

    /** One plane: the exclusive or of all; zeros for no plane. */
    public BitShares parity() {
        BitShares out = zeros(lanes, 1);
        int words = wordsOf(lanes);
        for (int at = 0; at < own.length; at += words) {
            for (int w = 0; w < words; w++) {
                out.own[w] ^= own[at + w];
                out.next[w] ^= next[at + w];
            }
        }
        return out;
    }

    /** Planes of equally many lanes, one after another. */
    public static BitShares stack(List<BitShares> parts) {
        int lanes = parts.isEmpty() ? 0 : parts.get(0).lanes;
        int planes = 0;
        for (BitShares part : parts) {
            if (part.lanes != lanes) {
                throw new IllegalArgumentException("stack of " + lanes + " and " + part.lanes + " lanes");
            }
            planes += part.planes;
        }
        BitShares out = zeros(lanes, planes);
        int at = 0;
        for (BitShares part : parts) {
            System.arraycopy(part.own, 0, out.own, at, part.own.length);
            System.arraycopy(part.next, 0, out.next, at, part.next.length);
            at += part.own.length;
        }
        return out;
    }

    public void wipe() {
        Arrays.fill(own, 0);
        Arrays.fill(next, 0);
    }

    @Override
    public String toString() {
        return "BitShares[" + planes + " x " + lanes + "]";
    }
}
