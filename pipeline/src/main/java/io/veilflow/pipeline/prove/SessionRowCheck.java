package io.veilflow.pipeline.prove;

import io.veilflow.mpc.field.FrVector;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.replicated.DotProduct;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.Multiplication;
import io.veilflow.mpc.replicated.Opening;
import io.veilflow.mpc.replicated.PublicCoins;
import io.veilflow.mpc.replicated.RandomShares;
import io.veilflow.mpc.session.Operation;
import io.veilflow.zk.joint.FieldShares;
import io.veilflow.zk.joint.RowCheck;
import java.util.Arrays;

/**
 * The row check as one operation of the engine (PROTOCOLS section 8.3, step 2); all parties know afterwards whether the shared
 * witness satisfies the rows, and nothing else about it.
 *
 * <p>q and t are the first two elements of the PRSS purpose "rand/Fr"; messages "q", "v", "mul", "tv" below the given name, as the
 * executable specification has them. <b>Cost</b>: four rounds, 192 bytes. <b>Security</b>: profile S: dot product and product are not
 * verified yet (profile M puts that before t * v is opened), so a corrupt party can shift v by an error that it knows.
 */
final class SessionRowCheck implements RowCheck {
    private final Operation operation;
    private final String name;
    private final RandomShares random;

    SessionRowCheck(Operation operation, String name) {
        this.operation = operation;
        this.name = name;
        this.random = new RandomShares(operation);
    }

    @Override
    public byte[] openCoin() {
        return FrVector.encode(new PublicCoins(operation).elements(PrimeField.FR, 1, name + "/q"));
    }

    @Override
    public boolean holds(FieldShares x, FieldShares y, FieldShares rest) {
        ElementShares left = SessionProvingEngine.decode(x);
        ElementShares right = SessionProvingEngine.decode(y);
        ElementShares subtracted = SessionProvingEngine.decode(rest);
        ElementShares products = new DotProduct(operation).dot(left, right, name + "/v");
        ElementShares v = products.minus(subtracted);
        ElementShares t = random.elements(PrimeField.FR, 1);
        ElementShares masked = new Multiplication(operation).multiply(t, v);
        for (ElementShares secret : new ElementShares[] {left, right, subtracted, products, v, t}) {
            secret.wipe();
        }
        long[] opened = new Opening(operation).open(masked, name + "/tv");
        return Arrays.stream(opened).allMatch(word -> word == 0);
    }
}
