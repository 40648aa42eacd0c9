package io.veilflow.mpc.threshold.ecdsa;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import io.veilflow.mpc.threshold.CurvePoint;
import io.veilflow.mpc.threshold.Scalar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The end of a dealing: the new public values, confirmed by all three, and this party's share of them. */
final class NewComponents {
    private final Operation operation;

    NewComponents(Operation operation) {
        this.operation = operation;
    }

    /**
     * Wipes what was dealt.
     *
     * @param before points to which what was dealt is added, by component
     * @param dealt this party's new components in full
     */
    AccountKeyShare confirmed(List<CurvePoint> before, int generation, ComponentDealing.Dealt dealt) {
        AccountKey key = key(before, generation, dealt);
        new Broadcast(operation).agree("confirm", Reason.HOLDERS_DISAGREE, key.encoded());
        byte[] components = Arrays.copyOf(PrimeField.ZQ.encode(dealt.own()), AccountKeyShare.BYTES);
        System.arraycopy(PrimeField.ZQ.encode(dealt.next()), 0, components, Scalar.BYTES, Scalar.BYTES);
        dealt.wipe();
        AccountKeyShare out = AccountKeyShare.of(operation.self(), key, components);
        Arrays.fill(components, (byte) 0);
        return out;
    }

    private AccountKey key(List<CurvePoint> before, int generation, ComponentDealing.Dealt dealt) {
        CurvePoint sum = CurvePoint.INFINITY;
        List<byte[]> points = new ArrayList<>();
        for (int component = 0; component < before.size(); component++) {
            CurvePoint point = before.get(component).plus(dealt.points().get(component));
            requireFinite(point);
            points.add(point.encoded());
            sum = sum.plus(point);
        }
        requireFinite(sum);
        return new AccountKey(sum.encoded(), points, generation, dealt.transcript());
    }

    private void requireFinite(CurvePoint point) {
        if (point.isInfinity()) {
            throw new ProtocolAbortException(Reason.CHECK_FAILED, null, operation.path() + "/infinity");
        }
    }
}
