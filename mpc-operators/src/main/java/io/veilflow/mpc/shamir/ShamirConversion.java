package io.veilflow.mpc.shamir;

import io.veilflow.mpc.field.Fr;
import io.veilflow.mpc.field.FrVector;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.ZeroSharing;
import io.veilflow.mpc.replicated.FrShares;
import io.veilflow.mpc.session.Operation;

/**
 * The local map from replicated shares to Shamir shares of degree 1, P_i at point i+1 (PROTOCOLS 8.2; Cramer, Damgard, Ishai):
 * S_1 = 1/2*x_0 + 2/3*x_1, S_2 = 1/3*x_1 - x_2, S_3 = -2*x_2 - 1/2*x_0. Shares are for one proof; a product of two of them is
 * never sent without {@link #zero}.
 */
public final class ShamirConversion {
    private ShamirConversion() {}

    /** This party's share of every element, flat. */
    public static long[] toDegreeOne(PartyId self, FrShares x) {
        long[] half = inverse(2);
        long[] third = inverse(3);
        long[] one = Fr.one();
        return switch (self) {
            case P0 -> combine(x, half, sum(third, third));
            case P1 -> combine(x, third, negative(one));
            case P2 -> combine(x, negative(sum(one, one)), negative(half));
        };
    }

    /** This party's share of zero of degree 2, (F_i - F_{i+1}) / lambda_i with lambda = (3, -3, 1) (PROTOCOLS 8.3). */
    public static long[] zero(Operation operation, String purpose, int count) {
        long[] additive = new ZeroSharing(operation).fr(purpose, count);
        return switch (operation.self()) {
            case P0 -> FrVector.scale(additive, inverse(3));
            case P1 -> FrVector.scale(additive, negative(inverse(3)));
            case P2 -> additive;
        };
    }

    private static long[] combine(FrShares x, long[] ownFactor, long[] nextFactor) {
        return FrVector.add(FrVector.scale(x.own(), ownFactor), FrVector.scale(x.next(), nextFactor));
    }

    private static long[] inverse(long small) {
        long[] out = Fr.of(small);
        Fr.invert(out, 0, out, 0);
        return out;
    }

    private static long[] sum(long[] a, long[] b) {
        return FrVector.add(a, b);
    }

    private static long[] negative(long[] a) {
        return FrVector.subtract(new long[Fr.WORDS], a);
    }
}
