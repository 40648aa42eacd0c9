package io.veilflow.mpc.replicated.compare;

import io.veilflow.mpc.replicated.BitAnd;
import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.session.Operation;

/** The carry of a full adder, lane by lane: maj(a, b, k) = ((k ^ a) & (a ^ b)) ^ a, one AND and one round (PROTOCOLS 4.6). */
public final class Majority {
    private final BitAnd products;

    public Majority(Operation operation) {
        this.products = new BitAnd(operation);
    }

    /** All three of one shape. */
    public BitShares of(BitShares a, BitShares b, BitShares k) {
        return products.and(k.xor(a), a.xor(b)).xor(a);
    }
}
