package io.veilflow.pipeline.simulate;

import io.veilflow.pipeline.encoding.Fields;
import io.veilflow.pipeline.encoding.Hashes;
import io.veilflow.zk.key.CommitmentBasis;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import org.bouncycastle.util.BigIntegers;

/** A commitment basis of which nobody knows a relation, without a setup: points of BN254 whose x comes from a hash. */
final class SimulatedBasis {
    private static final BigInteger P =
            new BigInteger("30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47", 16);
    private static final BigInteger B = BigInteger.valueOf(3);
    private static final int COORDINATE_BYTES = 32;

    private SimulatedBasis() {}

    /** @param wires numbers of all books; the mask's point comes on top */
    static CommitmentBasis of(int wires) {
        ByteArrayOutputStream points = new ByteArrayOutputStream();
        for (int k = 0; k <= wires; k++) {
            points.writeBytes(point(k));
        }
        return CommitmentBasis.of(points.toByteArray());
    }

    private static byte[] point(int index) {
        for (int attempt = 0; ; attempt++) {
            BigInteger x = new BigInteger(
                            1,
                            Hashes.sha256(
                                    Fields.of(Fields.text("simulated basis"), Fields.u32(index), Fields.u32(attempt))))
                    .mod(P);
            BigInteger square = x.pow(3).add(B).mod(P);
            // p is 3 modulo 4
            BigInteger y = square.modPow(P.add(BigInteger.ONE).shiftRight(2), P);
            if (y.multiply(y).mod(P).equals(square)) {
                ByteArrayOutputStream point = new ByteArrayOutputStream();
                point.writeBytes(BigIntegers.asUnsignedByteArray(COORDINATE_BYTES, x));
                point.writeBytes(BigIntegers.asUnsignedByteArray(COORDINATE_BYTES, y));
                return point.toByteArray();
            }
        }
    }
}
