package io.veilflow.mpc.replicated;

import io.veilflow.mpc.field.Fr;
import io.veilflow.mpc.field.FrVector;
import io.veilflow.mpc.field.NotCanonicalException;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.ZeroSharing;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;

/**
 * Inner products over Fr (PROTOCOLS 4.4): the local terms are summed first, so one masked element is sent per sum, whatever
 * its length. One round. PRSS purpose "mul/Fr".
 *
 * <p>Profile S: not verified; a party that deviates adds an error that it knows. The verification of profile M belongs into
 * this class, the only place (with {@link BitAnd} and the first product of bit injection) where products are made.
 */
public final class DotProduct {
    private final Operation operation;
    private final ZeroSharing zeros;

    public DotProduct(Operation operation) {
        this.operation = operation;
        this.zeros = new ZeroSharing(operation);
    }

    /** The sum of x[k]*y[k] over the whole vectors. */
    public FrShares dot(FrShares x, FrShares y, String label) {
        return dots(x, y, 1, label);
    }

    /**
     * Several sums at once, in one round.
     *
     * @param sums how many; sum s covers the s-th of equally long runs of the vectors
     */
    public FrShares dots(FrShares x, FrShares y, int sums, String label) {
        if (x.count() != y.count() || sums < 0 || (sums > 0 && x.count() % sums != 0)) {
            throw new IllegalArgumentException(sums + " sums of " + x + " and " + y);
        }
        if (sums == 0) {
            return FrShares.zeros(0);
        }
        PartyId self = operation.self();
        long[] own = FrVector.add(localTerms(x, y, sums), zeros.fr("mul/Fr", sums));
        operation.send(self.previous(), label, FrVector.encode(own));
        byte[] next = operation.receive(self.next(), label, sums * Fr.BYTES);
        try {
            return new FrShares(sums, own, FrVector.decode(next));
        } catch (NotCanonicalException e) {
            throw new ProtocolAbortException(Reason.NOT_CANONICAL, self.next(), operation.path() + "/" + label);
        }
    }

    /** x_i*(y_i + y_{i+1}) + x_{i+1}*y_i, summed. */
    private static long[] localTerms(FrShares x, FrShares y, int sums) {
        long[] out = new long[sums * Fr.WORDS];
        long[] term = new long[Fr.WORDS];
        int run = x.own().length / sums;
        for (int k = 0; k < x.own().length; k += Fr.WORDS) {
            int sum = k / run * Fr.WORDS;
            Fr.add(y.own(), k, y.next(), k, term, 0);
            Fr.mul(x.own(), k, term, 0, term, 0);
            Fr.add(out, sum, term, 0, out, sum);
            Fr.mul(x.next(), k, y.own(), k, term, 0);
            Fr.add(out, sum, term, 0, out, sum);
        }
        return out;
    }
}
