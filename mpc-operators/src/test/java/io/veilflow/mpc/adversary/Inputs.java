package io.veilflow.mpc.adversary;

import io.veilflow.mpc.adversary.SharedVector.Bits;
import io.veilflow.mpc.adversary.SharedVector.Elements;
import io.veilflow.mpc.adversary.SharedVector.Integers;
import io.veilflow.mpc.bits.Planes;
import io.veilflow.mpc.field.Int192;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.PrssStream;
import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.IntegerShares;
import io.veilflow.mpc.testing.Clear;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Inputs of a scenario in the clear, shared out with a seeded generator; collects per party. */
final class Inputs {
    private final Random random;
    private final List<List<SharedVector>> perParty = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());

    Inputs(long seed) {
        this.random = new Random(seed);
    }

    Random random() {
        return random;
    }

    /** Flat elements. */
    Inputs elements(PrimeField field, long[] values) {
        int count = values.length / field.words();
        List<long[]> components = new ArrayList<>(List.of(uniform(field, count), uniform(field, count)));
        components.add(field.subtract(field.subtract(values, components.get(0)), components.get(1)));
        for (PartyId party : PartyId.values()) {
            of(party)
                    .add(new Elements(new ElementShares(
                            field,
                            count,
                            components.get(party.index()).clone(),
                            components.get(party.next().index()).clone())));
        }
        return this;
    }

    long[] uniform(PrimeField field, int count) {
        byte[] key = new byte[PrssStream.KEY_BYTES];
        random.nextBytes(key);
        long[] out = new long[count * field.words()];
        try (PrssStream stream = new PrssStream(key)) {
            stream.elements(field, out, 0, count);
        }
        return out;
    }

    /** One number a lane, {@code planes} bits of it. */
    Inputs bits(List<BigInteger> values, int planes) {
        Clear.shareBits(values, planes, random).forEach(new Dealer()::bits);
        return this;
    }

    Inputs integers(List<BigInteger> values) {
        Clear.shareIntegers(values, random).forEach(new Dealer()::integers);
        return this;
    }

    /** Hands the views out in the order of the parties. */
    private final class Dealer {
        private int party;

        void bits(BitShares shares) {
            perParty.get(party++).add(new Bits(shares));
        }

        void integers(IntegerShares shares) {
            perParty.get(party++).add(new Integers(shares));
        }
    }

    private List<SharedVector> of(PartyId party) {
        return perParty.get(party.index());
    }

    List<List<SharedVector>> perParty() {
        return perParty.stream().map(List::copyOf).toList();
    }

    /** Signed numbers of so many bits, the ends of the interval first. */
    List<BigInteger> signed(int width, int count) {
        BigInteger half = BigInteger.ONE.shiftLeft(width - 1);
        List<BigInteger> out = new ArrayList<>(
                List.of(half.negate(), half.subtract(BigInteger.ONE), BigInteger.ZERO, BigInteger.ONE.negate()));
        while (out.size() < count) {
            out.add(new BigInteger(width, random).subtract(half));
        }
        return out.subList(0, count);
    }

    List<BigInteger> unsigned(int width, int count) {
        List<BigInteger> out = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            out.add(new BigInteger(width, random));
        }
        return out;
    }

    /** The clear values as planes, two's complement. */
    static long[] planes(List<BigInteger> values, int planes) {
        long[] numbers =
                Clear.integers(values.stream().map(BigInteger::toString).toList());
        return Planes.fromNumbers(numbers, Int192.WORDS, values.size(), planes);
    }

    /** The clear values as flat elements, negative ones mod the modulus. */
    static long[] elements(PrimeField field, List<BigInteger> values) {
        if (field == PrimeField.FR) {
            return Clear.fr(values);
        }
        BigInteger modulus = BigInteger.ONE.shiftLeft(61).subtract(BigInteger.ONE);
        return values.stream()
                .mapToLong(value -> value.mod(modulus).longValue())
                .toArray();
    }
}
