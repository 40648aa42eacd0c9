package io.veilflow.mpc.threshold.ecdsa;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.field.Zq;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.Multiplication;
import io.veilflow.mpc.replicated.Opening;
import io.veilflow.mpc.replicated.RandomPoints;
import io.veilflow.mpc.replicated.RandomShares;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import io.veilflow.mpc.verification.Verification;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of ECDSA signatures that needs no message: for each one R = k*G, and shares of 1/k and x/k (PROTOCOLS 9, after Damgård, Jakobsen, Nielsen,
 * Pagter, Østergaard, "Fast threshold ECDSA with honest majority", ePrint 2020/501). k and a are random shares, u = a*k and v = a*x are products; u is opened, and
 * 1/k = a/u, x/k = v/u are local.
 *
 * <p>Differs from the paper: shares are replicated, products are proven right (4.5) before u is opened, and R comes from the
 * components, each multiplied by both its holders, so that no point of a peer needs a proof. No Paillier, no oblivious transfer.
 *
 * <p>Security: one of three, malicious, with abort. Opened are R, which ECDSA shows anyway, and u, which a random a hides. Profile M only:
 * an error in a product would be an error in the key.
 *
 * <p>Cost for n signatures: 5 rounds and those of one verification; 2n products, 161 bytes a signature and the proof.
 */
final class Presigning {
    private static final String VERIFICATION = "presign";

    private final Operation operation;

    /** @throws IllegalStateException in a session that does not verify its products */
    Presigning(Operation operation) {
        if (operation.profile() != Profile.M) {
            throw new IllegalStateException("no signatures over products that nobody verifies");
        }
        this.operation = operation;
    }

    /**
     * @param key the shares of x, one element; not changed
     * @param count at least 1
     * @throws ProtocolAbortException HOLDERS_DISAGREE, CHECK_FAILED, or naming a sender
     */
    List<Presignature> presign(ElementShares key, int count) {
        RandomPoints.Drawn nonces = new RandomPoints(operation).draw(count, "R");
        ElementShares masks = new RandomShares(operation).elements(PrimeField.ZQ, count);
        ElementShares products = new Multiplication(operation)
                .multiply(
                        ElementShares.concat(PrimeField.ZQ, List.of(masks, masks)),
                        ElementShares.concat(PrimeField.ZQ, List.of(nonces.scalars(), key.repeat(count))));
        new Verification(operation, VERIFICATION).run();
        long[] opened = new Opening(operation).open(products.slice(0, count), "u");
        for (int k = 0; k < count; k++) {
            if (Zq.isZero(opened, k * Zq.WORDS) || nonces.points().get(k).isInfinity()) {
                throw new ProtocolAbortException(Reason.CHECK_FAILED, null, operation.path() + "/u");
            }
        }
        long[] inverses = PrimeField.ZQ.invert(opened);
        ElementShares inverseNonces = masks.timesEach(inverses);
        ElementShares keyOverNonces = products.slice(count, count).timesEach(inverses);
        List<Presignature> out = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            out.add(new Presignature(nonces.points().get(k), inverseNonces.slice(k, 1), keyOverNonces.slice(k, 1)));
        }
        for (ElementShares secret : List.of(nonces.scalars(), masks, products, inverseNonces, keyOverNonces)) {
            secret.wipe();
        }
        return out;
    }
}
