package io.veilflow.pipeline.bench;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.Multiplication;
import io.veilflow.mpc.replicated.Opening;
import io.veilflow.mpc.session.Session;
import java.util.Arrays;

/** Products over a prime field, all in one round (PROTOCOLS 4.4). */
final class ProductWorkload implements Workload {
    private final PrimeField field;
    private final int batch;
    private final ElementShares x;
    private final ElementShares y;

    ProductWorkload(PrimeField field, PartyId self, int batch) {
        this.field = field;
        this.batch = batch;
        this.x = PublicInputs.elements(field, self, 1, batch);
        this.y = PublicInputs.elements(field, self, 2, batch);
    }

    @Override
    public Computed run(Session session, String path) {
        ElementShares product = new Multiplication(session.operation(path)).multiply(x, y);
        return opening -> Arrays.equals(expected(), new Opening(opening).open(product, "product"));
    }

    private long[] expected() {
        return field.multiply(PublicInputs.clearElements(field, 1, batch), PublicInputs.clearElements(field, 2, batch));
    }
}
