package io.veilflow.pipeline.bench;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.Opening;
import io.veilflow.mpc.replicated.convert.BitsToField;
import io.veilflow.mpc.session.Session;
import java.util.Arrays;

/** Shared bits as elements of Fr (PROTOCOLS 4.7): two products and rounds. */
final class BitToFrWorkload implements Workload {
    private final int batch;
    private final BitShares bits;

    BitToFrWorkload(PartyId self, int batch) {
        this.batch = batch;
        this.bits = PublicInputs.bits(self, 1, batch);
    }

    @Override
    public Computed run(Session session, String path) {
        ElementShares elements = new BitsToField(session.operation(path), PrimeField.FR).convert(bits);
        return opening -> Arrays.equals(expected(), new Opening(opening).open(elements, "element"));
    }

    private long[] expected() {
        long[] clear = PublicInputs.clearBits(1, batch);
        long[] one = PrimeField.FR.one();
        long[] out = new long[batch * one.length];
        for (int k = 0; k < batch; k++) {
            if ((clear[k >>> 6] >>> (k & 63) & 1) == 1) {
                System.arraycopy(one, 0, out, k * one.length, one.length);
            }
        }
        return out;
    }
}
