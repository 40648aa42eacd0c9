package io.veilflow.mpc.replicated;

import io.veilflow.mpc.field.Words;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.ZeroSharing;
import io.veilflow.mpc.session.Operation;

/**
 * AND of bit-sliced sharings, 64 lanes a word (PROTOCOLS 4.4). One round, one bit per AND and party; message "and", PRSS
 * purpose "and". Profile S: not verified; the verification of profile M belongs here.
 */
public final class BitAnd {
    private static final String LABEL = "and";

    private final Operation operation;
    private final ZeroSharing zeros;

    public BitAnd(Operation operation) {
        this.operation = operation;
        this.zeros = new ZeroSharing(operation);
    }

    /** All planes at once; both operands have the same shape. Nothing is sent for no words. */
    public BitShares and(BitShares x, BitShares y) {
        if (x.lanes() != y.lanes() || x.planes() != y.planes()) {
            throw new IllegalArgumentException("and of " + x + " and " + y);
        }
        int words = x.own().length;
        if (words == 0) {
            return x;
        }
        PartyId self = operation.self();
        long[] own = zeros.words(LABEL, words);
        addLocalTerms(own, x.own(), x.next(), y.own(), y.next());
        operation.send(self.previous(), LABEL, Words.encode(own));
        long[] next = Words.decode(operation.receive(self.next(), LABEL, words * Long.BYTES));
        return new BitShares(x.lanes(), x.planes(), own, next);
    }

    private static void addLocalTerms(long[] out, long[] xOwn, long[] xNext, long[] yOwn, long[] yNext) {
        for (int k = 0; k < out.length; k++) {
            out[k] ^= (xOwn[k] & (yOwn[k] ^ yNext[k])) ^ (xNext[k] & yOwn[k]);
        }
    }
}
