package io.veilflow.pipeline.bench;

import io.veilflow.mpc.bits.Planes;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.BitAnd;
import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.replicated.Opening;
import io.veilflow.mpc.session.Session;
import java.util.Arrays;

/** ANDs of bits, all in one round (PROTOCOLS 4.4). */
final class AndWorkload implements Workload {
    private final int batch;
    private final BitShares x;
    private final BitShares y;

    AndWorkload(PartyId self, int batch) {
        this.batch = batch;
        this.x = PublicInputs.bits(self, 1, batch);
        this.y = PublicInputs.bits(self, 2, batch);
    }

    @Override
    public Computed run(Session session, String path) {
        BitShares product = new BitAnd(session.operation(path)).and(x, y);
        return opening -> Arrays.equals(expected(), new Opening(opening).open(product, "product"));
    }

    private long[] expected() {
        long[] out = PublicInputs.clearBits(1, batch);
        long[] other = PublicInputs.clearBits(2, batch);
        for (int k = 0; k < out.length; k++) {
            out[k] &= other[k];
        }
        return Planes.cut(out, batch);
    }
}
