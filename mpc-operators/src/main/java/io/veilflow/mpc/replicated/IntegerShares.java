package io.veilflow.mpc.replicated;

import io.veilflow.mpc.field.Int192;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import java.util.Arrays;

/**
 * This party's two components of integers in RISS (PROTOCOLS 3): x = x_0 + x_1 + x_2 over the integers, each component
 * three little-endian words in two's complement. Linear combinations with public integers are kept mod 2^192, which is
 * enough for bits; for Fr they are made from {@link #toFr} of the inputs, never from a combination that may have wrapped. All
 * methods are local; none changes its operands. Holds secrets: shows nothing.
 */
public final class IntegerShares {
    private final int count;
    private final long[] own;
    private final long[] next;

    /** Takes the arrays over; each has {@code count * Int192.WORDS} words. */
    public IntegerShares(int count, long[] own, long[] next) {
        if (count < 0 || own.length != count * Int192.WORDS || next.length != own.length) {
            throw new IllegalArgumentException(
                    count + " integers do not lie in " + own.length + " and " + next.length + " words");
        }
        this.count = count;
        this.own = own;
        this.next = next;
    }

    public static IntegerShares zeros(int count) {
        return new IntegerShares(count, new long[count * Int192.WORDS], new long[count * Int192.WORDS]);
    }

    /** A public vector as a sharing: component 0 holds it (PROTOCOLS 3). */
    public static IntegerShares ofPublic(PartyId self, int count, long[] values) {
        int length = count * Int192.WORDS;
        return new IntegerShares(
                count,
                self.index() == 0 ? Arrays.copyOf(values, length) : new long[length],
                self.next().index() == 0 ? Arrays.copyOf(values, length) : new long[length]);
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

    public IntegerShares plus(IntegerShares other) {
        IntegerShares out = zeros(requireSameCount(other));
        for (int k = 0; k < own.length; k += Int192.WORDS) {
            Int192.add(own, k, other.own, k, out.own, k);
            Int192.add(next, k, other.next, k, out.next, k);
        }
        return out;
    }

    public IntegerShares minus(IntegerShares other) {
        IntegerShares out = zeros(requireSameCount(other));
        for (int k = 0; k < own.length; k += Int192.WORDS) {
            Int192.sub(own, k, other.own, k, out.own, k);
            Int192.sub(next, k, other.next, k, out.next, k);
        }
        return out;
    }

    /** Every integer times one public integer ({@code factor[0..2]}), mod 2^192. */
    public IntegerShares times(long[] factor) {
        IntegerShares out = zeros(count);
        for (int k = 0; k < own.length; k += Int192.WORDS) {
            Int192.mul(own, k, factor, 0, out.own, k);
            Int192.mul(next, k, factor, 0, out.next, k);
        }
        return out;
    }

    /** Integer by integer times a public vector, mod 2^192; not kept. */
    public IntegerShares timesEach(long[] factors) {
        if (factors.length != own.length) {
            throw new IllegalArgumentException(count + " integers times " + factors.length + " words");
        }
        IntegerShares out = zeros(count);
        for (int k = 0; k < own.length; k += Int192.WORDS) {
            Int192.mul(own, k, factors, k, out.own, k);
            Int192.mul(next, k, factors, k, out.next, k);
        }
        return out;
    }

    /** The sum of all, as a vector of one, mod 2^192. */
    public IntegerShares sum() {
        IntegerShares out = zeros(1);
        for (int k = 0; k < own.length; k += Int192.WORDS) {
            Int192.add(out.own, 0, own, k, out.own, 0);
            Int192.add(out.next, 0, next, k, out.next, 0);
        }
        return out;
    }

    /** One integer repeated. */
    public IntegerShares repeat(int times) {
        if (count != 1) {
            throw new IllegalStateException("only a scalar is repeated, not " + count + " integers");
        }
        IntegerShares out = zeros(times);
        for (int k = 0; k < times; k++) {
            System.arraycopy(own, 0, out.own, k * Int192.WORDS, Int192.WORDS);
            System.arraycopy(next, 0, out.next, k * Int192.WORDS, Int192.WORDS);
        }
        return out;
    }

    public IntegerShares slice(int from, int length) {
        return new IntegerShares(
                length,
                Arrays.copyOfRange(own, from * Int192.WORDS, (from + length) * Int192.WORDS),
                Arrays.copyOfRange(next, from * Int192.WORDS, (from + length) * Int192.WORDS));
    }

    public static IntegerShares concat(Iterable<IntegerShares> parts) {
        int count = 0;
        for (IntegerShares part : parts) {
            count += part.count;
        }
        IntegerShares out = zeros(count);
        int at = 0;
        for (IntegerShares part : parts) {
            System.arraycopy(part.own, 0, out.own, at, part.own.length);
            System.arraycopy(part.next, 0, out.next, at, part.next.length);
            at += part.own.length;
        }
        return out;
    }

    /** The same sharing mod r, as {@link #toElements}. */
    public ElementShares toFr() {
        return toElements(PrimeField.FR);
    }

    /**
     * The same sharing in a field, without a message (PROTOCOLS 3). Right for components below 2^191 in absolute value: inputs
     * are.
     */
    public ElementShares toElements(PrimeField field) {
        return new ElementShares(field, count, field.fromIntegers(own), field.fromIntegers(next));
    }

    private int requireSameCount(IntegerShares other) {
        if (other.count != count) {
            throw new IllegalArgumentException("vectors of " + count + " and " + other.count + " integers");
        }
        return count;
    }

    public void wipe() {
        Arrays.fill(own, 0);
        Arrays.fill(next, 0);
    }

    @Override
    public String toString() {
        return "IntegerShares[" + count + "]";
    }
}
