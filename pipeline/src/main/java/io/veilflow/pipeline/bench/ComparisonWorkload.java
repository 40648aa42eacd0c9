package io.veilflow.pipeline.bench;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.replicated.IntegerShares;
import io.veilflow.mpc.replicated.Opening;
import io.veilflow.mpc.replicated.convert.IntegerToBits;
import io.veilflow.mpc.session.Session;
import java.util.Arrays;

/** a < b for unsigned 64-bit values from their integer shares: the sign of a - b at 65 bits (PROTOCOLS 4.6). */
final class ComparisonWorkload implements Workload {
    private static final int WIDTH = 65;

    private final long[] clearA;
    private final long[] clearB;
    private final IntegerShares a;
    private final IntegerShares b;

    ComparisonWorkload(PartyId self, int batch) {
        this.clearA = PublicInputs.values(1, batch);
        this.clearB = PublicInputs.values(2, batch);
        for (int k = 0; k < batch; k += 64) {
            clearB[k] = clearA[k];
        }
        this.a = PublicInputs.integers(self, 1, clearA);
        this.b = PublicInputs.integers(self, 2, clearB);
    }

    @Override
    public Computed run(Session session, String path) {
        int batch = clearA.length;
        BitShares less = IntegerToBits.forLanes(session.operation(path), batch).top(a.minus(b), WIDTH);
        return opening -> Arrays.equals(expected(), new Opening(opening).open(less, "less"));
    }

    private long[] expected() {
        long[] out = new long[BitShares.wordsOf(clearA.length)];
        for (int k = 0; k < clearA.length; k++) {
            long less = Long.compareUnsigned(clearA[k], clearB[k]) >>> 31 & 1;
            out[k >>> 6] |= less << (k & 63);
        }
        return out;
    }
}
