package io.veilflow.mpc.replicated;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import io.veilflow.mpc.threshold.CurvePoint;
import io.veilflow.mpc.threshold.Scalar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Scalars of secp256k1 that nobody knows, the next values of {@link RandomShares}, and their multiples of the generator, which all
 * three know (PROTOCOLS 9). Every holder of a component multiplies it itself; the points are opened as components are (4.2).
 *
 * <p>Security: one malicious party. A wrong point is always caught, because the other holder of its component is honest; the
 * party cannot choose the scalars. They depend on no product, so their points may be opened while products are unverified, and nothing else can be
 * opened here. One round, 33 bytes a scalar and 32 bytes.
 */
public final class RandomPoints {
    /** @param points one for each scalar */
    public record Drawn(ElementShares scalars, List<CurvePoint> points) {}

    private final Operation operation;
    private final ComponentExchange components;

    public RandomPoints(Operation operation) {
        this.operation = operation;
        this.components = new ComponentExchange(operation);
    }

    /** @throws ProtocolAbortException HOLDERS_DISAGREE; NOT_CANONICAL, naming the sender, for what is no point */
    public Drawn draw(int count, String label) {
        ElementShares scalars = new RandomShares(operation).elements(PrimeField.ZQ, count);
        List<CurvePoint> own = multiples(scalars.ownBytes());
        List<CurvePoint> next = multiples(scalars.nextBytes());
        List<CurvePoint> third =
                components.missing(encoded(own), encoded(next), label, message -> decoded(message, label));
        List<CurvePoint> sums = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            sums.add(own.get(k).plus(next.get(k)).plus(third.get(k)));
        }
        return new Drawn(scalars, List.copyOf(sums));
    }

    private static List<CurvePoint> multiples(byte[] scalars) {
        List<CurvePoint> out = new ArrayList<>();
        for (int at = 0; at < scalars.length; at += Scalar.BYTES) {
            byte[] bytes = Arrays.copyOfRange(scalars, at, at + Scalar.BYTES);
            try (Scalar scalar = Scalar.decode(bytes).orElseThrow()) {
                out.add(CurvePoint.generatorTimesSecret(scalar));
            }
            Arrays.fill(bytes, (byte) 0);
        }
        Arrays.fill(scalars, (byte) 0);
        return out;
    }

    private static byte[] encoded(List<CurvePoint> points) {
        byte[] out = new byte[points.size() * CurvePoint.BYTES];
        for (int k = 0; k < points.size(); k++) {
            System.arraycopy(points.get(k).encoded(), 0, out, k * CurvePoint.BYTES, CurvePoint.BYTES);
        }
        return out;
    }

    private List<CurvePoint> decoded(byte[] message, String label) {
        PartyId sender = operation.self().previous();
        List<CurvePoint> out = new ArrayList<>();
        for (int at = 0; at < message.length; at += CurvePoint.BYTES) {
            out.add(CurvePoint.decode(Arrays.copyOfRange(message, at, at + CurvePoint.BYTES))
                    .orElseThrow(() ->
                            new ProtocolAbortException(Reason.NOT_CANONICAL, sender, operation.path() + "/" + label)));
        }
        return out;
    }
}
