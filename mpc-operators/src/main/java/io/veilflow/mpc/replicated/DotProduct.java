package io.veilflow.mpc.replicated;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Operation;

/**
 * Inner products over a prime field (PROTOCOLS 4.4): the local terms are summed first, so one masked element is sent per sum, whatever
 * its length. One round. PRSS purpose "mul/Fr", "mul/F_p61" or "mul/Z_Q".
 *
 * <p>Security: one malicious party can add an error that it knows to the sum, and sees one uniform element for each sum. In profile M every sum is entered into the
 * session's {@link io.veilflow.mpc.ledger.Ledger}, which keeps it from being opened before it is verified; in profile S the
 * error stays unseen.
 */
public final class DotProduct {
    private final Operation operation;
    private final ElementChannel messages;

    public DotProduct(Operation operation) {
        this.operation = operation;
        this.messages = new ElementChannel(operation);
    }

    /** The sum of x[k]*y[k] over the whole vectors. */
    public ElementShares dot(ElementShares x, ElementShares y, String label) {
        return dots(x, y, 1, label);
    }

    /**
     * Several sums at once, in one round. Sums of nothing are zero: nothing is sent, and there is nothing to verify.
     *
     * @param sums how many; sum s covers the s-th of equally long runs of the vectors
     */
    public ElementShares dots(ElementShares x, ElementShares y, int sums, String label) {
        if (x.field() != y.field()
                || x.count() != y.count()
                || sums < 0
                || x.count() != 0 && (sums == 0 || x.count() % sums != 0)) {
            throw new IllegalArgumentException(sums + " sums of " + x + " and " + y);
        }
        if (x.count() == 0) {
            return ElementShares.zeros(x.field(), sums);
        }
        PartyId self = operation.self();
        PrimeField field = x.field();
        long[] ownMask = mask(self.index(), field, sums);
        long[] nextMask = mask(self.next().index(), field, sums);
        long[] own = field.crossDots(x.own(), y.own(), x.next(), y.next(), sums);
        addMasks(field, ownMask, nextMask, own);
        messages.send(self.previous(), label, field, own);
        long[] next = messages.receive(self.next(), label, field, sums);
        operation.ledger().dots(field, sums, x.own(), x.next(), y.own(), y.next(), ownMask, nextMask, next);
        return new ElementShares(field, sums, own, next);
    }

    private long[] mask(int key, PrimeField field, int sums) {
        long[] out = new long[sums * field.words()];
        operation.stream(key, "mul/" + field.label()).elements(field, out, 0, sums);
        return out;
    }

    private static void addMasks(PrimeField field, long[] ownMask, long[] nextMask, long[] out) {
        for (int k = 0; k < out.length; k += field.words()) {
            field.subtract(out, k, nextMask, k, out, k);
            field.add(out, k, ownMask, k, out, k);
        }
    }
}
