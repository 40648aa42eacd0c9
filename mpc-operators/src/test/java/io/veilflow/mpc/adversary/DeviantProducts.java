package io.veilflow.mpc.adversary;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.field.Words;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.session.Operation;

/**
 * Products as a cheater makes them: the messages and streams of the product's own engine (PROTOCOLS 4.4), with an error in the first word
 * or element that the party knows and lives with.
 */
enum DeviantProducts {
    /** Sends a wrong share and goes on with it: the three hold a consistent sharing of a wrong product. */
    FOLLOWED_ERROR,
    /** Sends the right share and goes on with another. */
    KEPT_ERROR,
    /**
     * Sends and keeps a wrong share, and proves it with another operand: its vectors fulfil the equation that is proven, and only
     * the verifiers' own copies of them do not.
     */
    AGREEING_VECTORS;

    BitShares and(Operation operation, BitShares x, BitShares y) {
        PartyId self = operation.self();
        int words = x.own().length;
        long[] ownMask = new long[words];
        long[] nextMask = new long[words];
        operation.stream(self.index(), "and").words(ownMask, 0, words);
        operation.stream(self.next().index(), "and").words(nextMask, 0, words);
        long[] right = new long[words];
        for (int k = 0; k < words; k++) {
            right[k] = x.own()[k] & (y.own()[k] ^ y.next()[k]) ^ x.next()[k] & y.own()[k] ^ ownMask[k] ^ nextMask[k];
        }
        long[] claimed = x.own().clone();
        long[] wrong = right.clone();
        if (this == AGREEING_VECTORS) {
            claimed[0] = ~claimed[0];
            wrong[0] ^= y.next()[0];
        } else {
            wrong[0] ^= 1;
        }
        operation.send(self.previous(), "and", Words.encode(this == KEPT_ERROR ? right : wrong));
        long[] received = Words.decode(operation.receive(self.next(), "and", words * Long.BYTES));
        operation.ledger().and(claimed, x.next(), y.own(), y.next(), ownMask, nextMask, received);
        return new BitShares(x.lanes(), x.planes(), wrong, received);
    }

    ElementShares multiply(Operation operation, ElementShares x, ElementShares y) {
        PartyId self = operation.self();
        PrimeField field = x.field();
        int count = x.count();
        long[] ownMask = new long[x.own().length];
        long[] nextMask = new long[x.own().length];
        operation.stream(self.index(), "mul/" + field.label()).elements(field, ownMask, 0, count);
        operation.stream(self.next().index(), "mul/" + field.label()).elements(field, nextMask, 0, count);
        long[] right = field.add(
                field.add(field.multiply(x.own(), field.add(y.own(), y.next())), field.multiply(x.next(), y.own())),
                field.subtract(ownMask, nextMask));
        long[] one = new long[x.own().length];
        System.arraycopy(field.one(), 0, one, 0, field.words());
        boolean agreeing = this == AGREEING_VECTORS;
        long[] claimed = agreeing ? field.add(x.own(), one) : x.own();
        long[] wrong = field.add(right, agreeing ? field.multiply(one, y.next()) : one);
        operation.send(self.previous(), "mul", field.encode(this == KEPT_ERROR ? right : wrong));
        long[] received = field.decode(operation.receive(self.next(), "mul", count * field.bytes()));
        operation.ledger().dots(field, count, claimed, x.next(), y.own(), y.next(), ownMask, nextMask, received);
        return new ElementShares(field, count, wrong, received);
    }
}
