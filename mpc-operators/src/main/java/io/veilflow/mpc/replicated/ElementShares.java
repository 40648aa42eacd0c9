package io.veilflow.mpc.replicated;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import java.util.Arrays;

/**
 * This party's two components of a vector over a prime field: component i ("own") and i+1 ("next"), flat words as in
 * {@link PrimeField}. All methods here are local; none changes its operands. Holds secrets: shows nothing, is not serializable.
 */
public final class ElementShares {
    private final PrimeField field;
    private final int count;
    private final long[] own;
    private final long[] next;

    /** Takes the arrays over; each has {@code count * field.words()} words. */
    public ElementShares(PrimeField field, int count, long[] own, long[] next) {
        if (count < 0 || own.length != count * field.words() || next.length != own.length) {
            throw new IllegalArgumentException(count + " elements of " + field.label() + " do not lie in " + own.length
                    + " and " + next.length + " words");
        }
        this.field = field;
        this.count = count;
        this.own = own;
        this.next = next;
    }

    /** The sharing of zeros in which every component is zero. */
    public static ElementShares zeros(PrimeField field, int count) {
        int length = count * field.words();
        return new ElementShares(field, count, new long[length], new long[length]);
    }

    /**
     * A public vector as a sharing: component 0 holds it (PROTOCOLS 3).
     *
     * @param values flat words; not kept
     */
    public static ElementShares ofPublic(PrimeField field, PartyId self, int count, long[] values) {
        return trivial(field, self, 0, count, values);
    }

    /** The sharing whose given component is {@code values} and whose others are zero. A party without it passes anything. */
    public static ElementShares trivial(PrimeField field, PartyId self, int component, int count, long[] values) {
        int length = count * field.words();
        return new ElementShares(
                field,
                count,
                self.index() == component ? Arrays.copyOf(values, length) : new long[length],
                self.next().index() == component ? Arrays.copyOf(values, length) : new long[length]);
    }

    /**
     * From canonical encodings.
     *
     * @throws io.veilflow.mpc.field.NotCanonicalException at or above the modulus
     */
    public static ElementShares fromBytes(PrimeField field, byte[] own, byte[] next) {
        if (own.length % field.bytes() != 0 || own.length != next.length) {
            throw new IllegalArgumentException(
                    own.length + " and " + next.length + " bytes are no vector over " + field.label());
        }
        int count = own.length / field.bytes();
        return new ElementShares(field, count, field.decode(own), field.decode(next));
    }

    public byte[] ownBytes() {
        return field.encode(own);
    }

    public byte[] nextBytes() {
        return field.encode(next);
    }

    public PrimeField field() {
        return field;
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

    public ElementShares plus(ElementShares other) {
        requireSameShape(other);
        return new ElementShares(field, count, field.add(own, other.own), field.add(next, other.next));
    }

    public ElementShares minus(ElementShares other) {
        requireSameShape(other);
        return new ElementShares(field, count, field.subtract(own, other.own), field.subtract(next, other.next));
    }

    /** Four elements of one field have as many words as one of the other. */
    private void requireSameShape(ElementShares other) {
        if (other.field != field || other.count != count) {
            throw new IllegalArgumentException(this + " and " + other);
        }
    }

    /** Every element times one public element ({@code factor}). */
    public ElementShares times(long[] factor) {
        return new ElementShares(field, count, field.scale(own, factor), field.scale(next, factor));
    }

    /** Element by element times a public vector; not kept. */
    public ElementShares timesEach(long[] factors) {
        return new ElementShares(field, count, field.multiply(own, factors), field.multiply(next, factors));
    }

    public ElementShares plusPublic(PartyId self, long[] values) {
        return plus(ofPublic(field, self, count, values));
    }

    /** The sum of all elements, as a vector of one. */
    public ElementShares sum() {
        return new ElementShares(field, 1, field.sum(own), field.sum(next));
    }

    /** One element repeated. */
    public ElementShares repeat(int times) {
        if (count != 1) {
            throw new IllegalStateException("only a scalar is repeated, not " + count + " elements");
        }
        return new ElementShares(field, times, field.repeat(own, times), field.repeat(next, times));
    }

    public ElementShares slice(int from, int length) {
        int words = field.words();
        return new ElementShares(
                field,
                length,
                Arrays.copyOfRange(own, from * words, (from + length) * words),
                Arrays.copyOfRange(next, from * words, (from + length) * words));
    }

    public static ElementShares concat(PrimeField field, Iterable<ElementShares> parts) {
        int count = 0;
        for (ElementShares part : parts) {
            if (part.field != field) {
                throw new IllegalArgumentException(part + " among elements of " + field.label());
            }
            count = Math.addExact(count, part.count);
        }
        ElementShares out = zeros(field, count);
        int at = 0;
        for (ElementShares part : parts) {
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
        return "ElementShares[" + count + " of " + field.label() + "]";
    }
}
