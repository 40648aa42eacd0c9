package io.veilflow.mpc.replicated;

import io.veilflow.mpc.field.Fr;
import io.veilflow.mpc.field.FrVector;
import io.veilflow.mpc.party.PartyId;
import java.util.Arrays;

/**
 * This party's two components of a vector over Fr: component i ("own") and i+1 ("next"), flat words in the form of
 * {@link Fr}. All methods here are local; none changes its operands. Holds secrets: shows nothing, is not serializable.
 */
public final class FrShares {
    private final int count;
    private final long[] own;
    private final long[] next;

    /** Takes the arrays over; each has {@code count * Fr.WORDS} words. */
    public FrShares(int count, long[] own, long[] next) {
        if (count < 0 || own.length != count * Fr.WORDS || next.length != own.length) {
            throw new IllegalArgumentException(
                    count + " elements of Fr do not lie in " + own.length + " and " + next.length + " words");
        }
        this.count = count;
        this.own = own;
        this.next = next;
    }

    /** The sharing of zeros in which every component is zero. */
    public static FrShares zeros(int count) {
        return new FrShares(count, new long[count * Fr.WORDS], new long[count * Fr.WORDS]);
    }

    /**
     * A public vector as a sharing: component 0 holds it (PROTOCOLS 3).
     *
     * @param values flat words; not kept
     */
    public static FrShares ofPublic(PartyId self, int count, long[] values) {
        return trivial(self, 0, count, values);
    }

    /** The sharing whose given component is {@code values} and whose others are zero. A party without it passes anything. */
    public static FrShares trivial(PartyId self, int component, int count, long[] values) {
        int length = count * Fr.WORDS;
        return new FrShares(
                count,
                self.index() == component ? Arrays.copyOf(values, length) : new long[length],
                self.next().index() == component ? Arrays.copyOf(values, length) : new long[length]);
    }

    /**
     * From canonical encodings, 32 bytes big-endian each.
     *
     * @throws io.veilflow.mpc.field.NotCanonicalException at or above r
     */
    public static FrShares fromBytes(byte[] own, byte[] next) {
        if (own.length % Fr.BYTES != 0 || own.length != next.length) {
            throw new IllegalArgumentException(own.length + " and " + next.length + " bytes are no vector over Fr");
        }
        int count = own.length / Fr.BYTES;
        return new FrShares(count, FrVector.decode(own), FrVector.decode(next));
    }

    public byte[] ownBytes() {
        return FrVector.encode(own);
    }

    public byte[] nextBytes() {
        return FrVector.encode(next);
    }

    public int count() {
        return count;
    }

    /** Component i itself, not a copy: treat as read-only. */
    public long[] own() {
        return own;
    }

    /** Component i+1 itself, not a copy: treat as read-only. */
    public long[] next() {
        return next;
    }

    public FrShares plus(FrShares other) {
        return new FrShares(count, FrVector.add(own, other.own), FrVector.add(next, other.next));
    }

    public FrShares minus(FrShares other) {
        return new FrShares(count, FrVector.subtract(own, other.own), FrVector.subtract(next, other.next));
    }

    /** Every element times one public element ({@code factor[0..3]}). */
    public FrShares times(long[] factor) {
        return new FrShares(count, FrVector.scale(own, factor), FrVector.scale(next, factor));
    }

    public FrShares plusPublic(PartyId self, long[] values) {
        return plus(ofPublic(self, count, values));
    }

    /** The sum of all elements, as a vector of one. */
    public FrShares sum() {
        return new FrShares(1, FrVector.sum(own), FrVector.sum(next));
    }

    /** One element repeated. */
    public FrShares repeat(int times) {
        if (count != 1) {
            throw new IllegalStateException("only a scalar is repeated, not " + count + " elements");
        }
        return new FrShares(times, FrVector.repeat(own, times), FrVector.repeat(next, times));
    }

    public FrShares slice(int from, int length) {
        return new FrShares(
                length,
                Arrays.copyOfRange(own, from * Fr.WORDS, (from + length) * Fr.WORDS),
                Arrays.copyOfRange(next, from * Fr.WORDS, (from + length) * Fr.WORDS));
    }

    public static FrShares concat(Iterable<FrShares> parts) {
        int count = 0;
        for (FrShares part : parts) {
            count += part.count;
        }
        FrShares out = zeros(count);
        int at = 0;
        for (FrShares part : parts) {
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
        return "FrShares[" + count + "]";
    }
}
