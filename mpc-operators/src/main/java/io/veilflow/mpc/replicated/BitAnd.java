package io.veilflow.mpc.replicated;

import io.veilflow.mpc.field.Words;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Operation;

/**
 * AND of bit-sliced sharings, 64 lanes a word (PROTOCOLS 4.4). One round, one bit per AND and party; message "and", PRSS
 * purpose "and".
 *
 * <p>Security: one malicious party can add an error that it knows to a product, and sees one uniform word for each word of
 * lanes. In profile M every AND is entered into the session's ledger, which keeps whatever depends on it from being opened before
 * it is verified; in profile S an error stays unseen.
 */
public final class BitAnd {
    private static final String LABEL = "and";

    private final Operation operation;

    public BitAnd(Operation operation) {
        this.operation = operation;
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
        long[] ownMask = mask(self.index(), words);
        long[] nextMask = mask(self.next().index(), words);
        long[] own = localTerms(x.own(), x.next(), y.own(), y.next(), ownMask, nextMask);
        operation.send(self.previous(), LABEL, Words.encode(own));
        long[] next = Words.decode(operation.receive(self.next(), LABEL, words * Long.BYTES));
        operation.ledger().and(x.own(), x.next(), y.own(), y.next(), ownMask, nextMask, next);
        return new BitShares(x.lanes(), x.planes(), own, next);
    }

    private long[] mask(int key, int words) {
        long[] out = new long[words];
        operation.stream(key, LABEL).words(out, 0, words);
        return out;
    }

    private static long[] localTerms(
            long[] xOwn, long[] xNext, long[] yOwn, long[] yNext, long[] ownMask, long[] nextMask) {
        long[] out = new long[xOwn.length];
        for (int k = 0; k < out.length; k++) {
            out[k] = (xOwn[k] & (yOwn[k] ^ yNext[k])) ^ (xNext[k] & yOwn[k]) ^ ownMask[k] ^ nextMask[k];
        }
        return out;
    }
}
