package io.veilflow.pipeline.bench;

import io.veilflow.mpc.field.Int192;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.PrssStream;
import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.IntegerShares;
import io.veilflow.mpc.replicated.IntegerSharing;

/** Shared inputs of benchmarks: all three components come from fixed seeds, and each party keeps its two. Nothing is secret. */
final class PublicInputs {
    private PublicInputs() {}

    /** 64-bit values. */
    static long[] values(int seed, int count) {
        return words(seed, 3, count);
    }

    /** RISS of the values, which are read as unsigned. */
    static IntegerShares integers(PartyId self, int seed, long[] values) {
        int count = values.length;
        long[][] components = {
            IntegerSharing.expand(key(seed, 0), count), IntegerSharing.expand(key(seed, 1), count), null
        };
        long[] last = new long[count * Int192.WORDS];
        for (int k = 0; k < count; k++) {
            int at = k * Int192.WORDS;
            last[at] = values[k];
            Int192.sub(last, at, components[0], at, last, at);
            Int192.sub(last, at, components[1], at, last, at);
        }
        components[2] = last;
        return new IntegerShares(
                count, components[self.index()], components[self.next().index()]);
    }

    static BitShares bits(PartyId self, int seed, int lanes) {
        int words = BitShares.wordsOf(lanes);
        return new BitShares(
                lanes,
                1,
                words(seed, self.index(), words),
                words(seed, self.next().index(), words));
    }

    /** The bits of {@link #bits}. */
    static long[] clearBits(int seed, int lanes) {
        int words = BitShares.wordsOf(lanes);
        long[] out = words(seed, 0, words);
        for (int component = 1; component < 3; component++) {
            long[] other = words(seed, component, words);
            for (int k = 0; k < words; k++) {
                out[k] ^= other[k];
            }
        }
        return out;
    }

    static ElementShares elements(PrimeField field, PartyId self, int seed, int count) {
        return new ElementShares(
                field,
                count,
                elements(field, seed, self.index(), count),
                elements(field, seed, self.next().index(), count));
    }

    /** The elements of {@link #elements}. */
    static long[] clearElements(PrimeField field, int seed, int count) {
        return field.add(
                field.add(elements(field, seed, 0, count), elements(field, seed, 1, count)),
                elements(field, seed, 2, count));
    }

    private static long[] elements(PrimeField field, int seed, int component, int count) {
        long[] out = new long[count * field.words()];
        try (PrssStream stream = new PrssStream(key(seed, component))) {
            stream.elements(field, out, 0, count);
        }
        return out;
    }

    private static long[] words(int seed, int component, int count) {
        long[] out = new long[count];
        try (PrssStream stream = new PrssStream(key(seed, component))) {
            stream.words(out, 0, count);
        }
        return out;
    }

    private static byte[] key(int seed, int component) {
        byte[] key = new byte[PrssStream.KEY_BYTES];
        key[0] = (byte) seed;
        key[1] = (byte) component;
        return key;
    }
}
