package io.veilflow.mpc.adversary;

import io.veilflow.mpc.adversary.SharedVector.Bits;
import io.veilflow.mpc.adversary.SharedVector.Elements;
import io.veilflow.mpc.adversary.SharedVector.Integers;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.IntegerShares;
import io.veilflow.mpc.testing.Clear;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Inputs of which one party holds the same two components whatever they are: everything that depends on the secret is in the
 * component that it lacks. What it receives then may depend on the secret only through what the other two send.
 */
final class WatchedInputs {
    private static final int MASK_BITS = 159;

    private final PartyId watched;
    private final Random fixed;
    private final List<List<SharedVector>> perParty = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());

    WatchedInputs(PartyId watched, long seed) {
        this.watched = watched;
        this.fixed = new Random(seed);
    }

    WatchedInputs elements(PrimeField field, long... small) {
        List<BigInteger> values = new ArrayList<>();
        for (long value : small) {
            values.add(BigInteger.valueOf(value));
        }
        long[] own = uniform(field, small.length);
        long[] next = uniform(field, small.length);
        long[] third = field.subtract(field.subtract(Inputs.elements(field, values), own), next);
        deal(own, next, third, (a, b) -> new Elements(new ElementShares(field, small.length, a, b)));
        return this;
    }

    private long[] uniform(PrimeField field, int count) {
        List<BigInteger> values = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            values.add(new BigInteger(300, fixed));
        }
        return Inputs.elements(field, values);
    }

    WatchedInputs bits(int planes, List<BigInteger> values) {
        long[] clear = Inputs.planes(values, planes);
        long[] own = fixed.longs(clear.length).toArray();
        long[] next = fixed.longs(clear.length).toArray();
        long[] third = new long[clear.length];
        for (int k = 0; k < third.length; k++) {
            third[k] = clear[k] ^ own[k] ^ next[k];
        }
        int lanes = values.size();
        deal(own, next, third, (a, b) -> new Bits(new BitShares(lanes, planes, a, b)));
        return this;
    }

    WatchedInputs integers(List<BigInteger> values) {
        List<BigInteger> own = new ArrayList<>();
        List<BigInteger> next = new ArrayList<>();
        List<BigInteger> third = new ArrayList<>();
        for (BigInteger value : values) {
            own.add(new BigInteger(MASK_BITS, fixed));
            next.add(new BigInteger(MASK_BITS, fixed));
            third.add(value.subtract(own.get(own.size() - 1)).subtract(next.get(next.size() - 1)));
        }
        deal(words(own), words(next), words(third), (a, b) -> new Integers(new IntegerShares(values.size(), a, b)));
        return this;
    }

    private static long[] words(List<BigInteger> values) {
        return Clear.integers(values.stream().map(BigInteger::toString).toList());
    }

    @FunctionalInterface
    private interface Pair {
        SharedVector of(long[] own, long[] next);
    }

    private void deal(long[] own, long[] next, long[] third, Pair shares) {
        perParty.get(watched.index()).add(shares.of(own, next));
        perParty.get(watched.next().index()).add(shares.of(next.clone(), third));
        perParty.get(watched.previous().index()).add(shares.of(third.clone(), own.clone()));
    }

    List<SharedVector> of(PartyId party) {
        return perParty.get(party.index());
    }
}
