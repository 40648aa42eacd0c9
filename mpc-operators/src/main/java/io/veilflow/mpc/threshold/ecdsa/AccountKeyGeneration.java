package io.veilflow.mpc.threshold.ecdsa;

import io.veilflow.mpc.randomness.PrssContext;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import io.veilflow.mpc.threshold.CurvePoint;
import java.security.SecureRandom;
import java.util.List;

/**
 * Makes the key of an account that belongs to the group (PROTOCOLS 9): a {@link ComponentDealing} of random components. Nobody ever has the
 * key, nobody could choose it, and all three have confirmed one transcript when it is returned.
 *
 * <p>Security: one of three, malicious, with abort. Six rounds, about 0.5 KB to each peer. An abort leaves nobody with a share that the
 * caller has been given, except that the last confirmation may reach only one of two honest parties: the key is to be used only
 * when all three stores hold it.
 */
public final class AccountKeyGeneration {
    private final Operation operation;

    public AccountKeyGeneration(Operation operation) {
        this.operation = operation;
    }

    /**
     * @param purpose the same at all three; what the key is for
     * @throws io.veilflow.mpc.session.ProtocolAbortException CONFIGURATION if a peer has another purpose; HOLDERS_DISAGREE; NOT_CANONICAL
     *     or CONTRADICTION, naming the culprit
     */
    public AccountKeyShare generate(String purpose, SecureRandom random) {
        byte[] subject = PrssContext.encode(PrssContext.text("generate"), PrssContext.text(purpose));
        new Broadcast(operation).agree("start", Reason.CONFIGURATION, subject);
        ComponentDealing.Dealt dealt =
                new ComponentDealing(operation).deal(subject, ComponentDealing.Total.ANY, random);
        List<CurvePoint> none = List.of(CurvePoint.INFINITY, CurvePoint.INFINITY, CurvePoint.INFINITY);
        return new NewComponents(operation).confirmed(none, 1, dealt);
    }
}
