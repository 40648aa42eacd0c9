package io.veilflow.pipeline.bench;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.threshold.CurvePoint;
import io.veilflow.mpc.threshold.Scalar;
import io.veilflow.mpc.threshold.ecdsa.AccountKey;
import io.veilflow.mpc.threshold.ecdsa.AccountKeyShare;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An account key that is no secret, with one party's share of it, and hashes to sign. */
final class BenchAccount {
    private static final int[] COMPONENTS = {0x5eed, 0x1234567, 0x7654321};

    private BenchAccount() {}

    static AccountKeyShare share(PartyId self) {
        List<byte[]> points = new ArrayList<>();
        CurvePoint sum = CurvePoint.INFINITY;
        for (int component : COMPONENTS) {
            CurvePoint point = CurvePoint.generatorTimes(Scalar.of(component));
            points.add(point.encoded());
            sum = sum.plus(point);
        }
        byte[] components = Arrays.copyOf(component(self), AccountKeyShare.BYTES);
        System.arraycopy(component(self.next()), 0, components, Scalar.BYTES, Scalar.BYTES);
        return AccountKeyShare.of(self, new AccountKey(sum.encoded(), points, 1, BenchLinks.NOTHING), components);
    }

    private static byte[] component(PartyId party) {
        return Scalar.of(COMPONENTS[party.index()]).encoded();
    }

    static byte[] hash(int number) {
        return Scalar.of(number + 1).encoded();
    }
}
