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
import io.veilflow.mpc.verification.Verification;
import io.veilflow.pipeline.shares.ShareScope;
import io.veilflow.zk.joint.FieldShares;
import io.veilflow.zk.joint.RowCheck;
import java.util.Arrays;

/**
 * The row check as one operation of the engine (PROTOCOLS section 8.3, step 2); all parties know afterwards whether the shared
 * witness satisfies the rows, and nothing else about it.
 *
 * <p>q and t are the first two elements of the PRSS purpose "rand/Fr"; messages "q", "v", the verification's, "mul", "tv" as the
 * executable specification has them. <b>Cost</b>: four rounds, 192 bytes, and one verification, which covers every product of the
 * session that no verification before has: those of the rule, of the witness walk, of v and of t * v.
 *
 * <p><b>Security</b>: one malicious party, profile M: v is what the witness makes it, since the dot product and all products before it
 * are verified before t * v is opened; nothing of the proof has been sent then (section 8.3, step 1). In profile S a party that
 * deviates can shift v by an error that it knows. <b>Failure</b>: CHECK_FAILED, HOLDERS_DISAGREE; the shares made here are wiped.
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
        try (ShareScope scope = new ShareScope()) {
            ElementShares left = scope.keep(SessionProvingEngine.decode(x));
            ElementShares right = scope.keep(SessionProvingEngine.decode(y));
            ElementShares subtracted = scope.keep(SessionProvingEngine.decode(rest));
            ElementShares products = scope.keep(new DotProduct(operation).dot(left, right, name + "/v"));
            ElementShares v = scope.keep(products.minus(subtracted));
            ElementShares t = scope.keep(random.elements(PrimeField.FR, 1));
            ElementShares masked = scope.keep(new Multiplication(operation).multiply(t, v));
            new Verification(operation, name + "/dzkp").run();
            long[] opened = new Opening(operation).open(masked, name + "/tv");
            return Arrays.stream(opened).allMatch(word -> word == 0);
        }
    }
}
