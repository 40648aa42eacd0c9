package io.veilflow.pipeline.submission;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.encoding.Fields;
import io.veilflow.pipeline.encoding.Hashes;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECPoint;

/**
 * Commitments of tests that run without the native library: the same formula on BN254 by Bouncy Castle's curve arithmetic,
 * over points that nobody knows a relation of (hashed to the curve). A second implementation, slow, not constant-time.
 */
public final class PlainCommitments implements ComponentCommitments {
    public static final BigInteger R =
            new BigInteger("30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001", 16);

    private static final BigInteger P =
            new BigInteger("30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47", 16);
    private static final ECCurve CURVE = new ECCurve.Fp(P, BigInteger.ZERO, BigInteger.valueOf(3), R, BigInteger.ONE);

    private final ECPoint[] basis;

    /** @param wires book wires of the job; the mask's point comes on top */
    public PlainCommitments(int wires) {
        basis = new ECPoint[wires + 1];
        for (int i = 0; i <= wires; i++) {
            basis[i] = hashToCurve(i);
        }
    }

    /** All points, the mask's last, 64 bytes each: a basis file. */
    public byte[] basisBytes() {
        byte[] bytes = new byte[64 * basis.length];
        for (int i = 0; i < basis.length; i++) {
            encode(basis[i]).copyTo(bytes, 64 * i);
        }
        return bytes;
    }

    @Override
    public ByteString commit(int firstWire, byte[] numbers, byte[] blinding) {
        int wires = numbers.length / 32;
        ECPoint[] points = Arrays.copyOfRange(basis, firstWire, firstWire + wires + 1);
        BigInteger[] scalars = new BigInteger[wires + 1];
        for (int i = 0; i < wires; i++) {
            scalars[i] = new BigInteger(1, Arrays.copyOfRange(numbers, 32 * i, 32 * i + 32));
        }
        points[wires] = basis[basis.length - 1];
        scalars[wires] = new BigInteger(1, blinding);
        ECPoint sum = ECAlgorithms.sumOfMultiplies(points, scalars);
        return encode(sum);
    }

    @Override
    public boolean isPoint(ByteString commitment) {
        try {
            decode(commitment);
            return true;
        } catch (IllegalArgumentException notAPoint) {
            return false;
        }
    }

    /** The sum of points of 64 bytes. */
    public static ByteString sum(Iterable<ByteString> points) {
        ECPoint sum = CURVE.getInfinity();
        for (ByteString point : points) {
            sum = sum.add(decode(point));
        }
        return encode(sum);
    }

    private static ECPoint decode(ByteString point) {
        if (point.size() != 64) {
            throw new IllegalArgumentException("64 bytes");
        }
        byte[] uncompressed = new byte[65];
        uncompressed[0] = 4;
        point.copyTo(uncompressed, 1);
        return CURVE.decodePoint(uncompressed);
    }

    private static ByteString encode(ECPoint point) {
        if (point.isInfinity()) {
            return ByteString.copyFrom(new byte[64]);
        }
        return ByteString.copyFrom(point.normalize().getEncoded(false), 1, 64);
    }

    private static ECPoint hashToCurve(int index) {
        for (int attempt = 0; ; attempt++) {
            byte[] x = Hashes.sha256(Fields.of(Fields.text("test basis"), Fields.u32(index), Fields.u32(attempt)));
            byte[] compressed = new byte[33];
            compressed[0] = 2;
            byte[] reduced = new BigInteger(1, x).mod(P).toByteArray();
            int length = Math.min(32, reduced.length);
            System.arraycopy(reduced, reduced.length - length, compressed, 33 - length, length);
            try {
                return CURVE.decodePoint(compressed);
            } catch (IllegalArgumentException noPointHere) {
                continue;
            }
        }
    }
}
