package io.veilflow.datasets.schema;

import java.math.BigInteger;
import java.util.Collections;
import java.util.List;

/**
 * What one slot holds: an amount of collateral and of debt for each asset of the market, in the market's order and the
 * assets' decimals. Secret of its institution, so it does not print. The bounds are checked where a position becomes
 * shares, not here: a position of a cheater must be expressible.
 */
public record Position(List<BigInteger> collateral, List<BigInteger> debt) {
    public Position {
        collateral = List.copyOf(collateral);
        debt = List.copyOf(debt);
        if (collateral.size() != debt.size()) {
            throw new InvalidDatasetException("position", "has different numbers of collateral and debt amounts");
        }
    }

    /** An unused slot. */
    public static Position empty(int assets) {
        List<BigInteger> zeros = Collections.nCopies(assets, BigInteger.ZERO);
        return new Position(zeros, zeros);
    }

    public int assets() {
        return debt.size();
    }

    @Override
    public String toString() {
        return "Position[" + assets() + " assets]";
    }
}
