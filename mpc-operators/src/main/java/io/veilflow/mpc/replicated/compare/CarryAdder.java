package io.veilflow.mpc.replicated.compare;

import io.veilflow.mpc.replicated.BitShares;

/** Adds s + 2c mod 2^l: the second half of PROTOCOLS 4.6, in one of two shapes with the same result. */
public sealed interface CarryAdder permits RippleAdder, TreeAdder {
    /**
     * @param sum l planes, l at least 2
     * @param carry l-1 planes
     * @return all l bits
     */
    BitShares allBits(BitShares sum, BitShares carry);

    /** Only bit l-1. */
    BitShares topBit(BitShares sum, BitShares carry);
}
