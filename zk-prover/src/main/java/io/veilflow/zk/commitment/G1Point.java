package io.veilflow.zk.commitment;

import io.veilflow.nativelib.NativeProver;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;

/** A point of BN254 G1 that is on the curve and not the identity: 64 bytes, x then y, big-endian. */
public final class G1Point {
    public static final int BYTES = 64;

    private final byte[] bytes;

    private G1Point(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @throws InvalidPointException off the curve, not canonical, the identity, or not 64 bytes */
    public static G1Point of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new InvalidPointException(bytes.length + " bytes, a point has " + BYTES);
        }
        if (!NativeProver.isOnCurve(bytes)) {
            throw new InvalidPointException("a point is off the curve or the identity");
        }
        return new G1Point(bytes.clone());
    }

    /** @throws InvalidPointException if there is none, or the sum is the identity */
    public static G1Point sum(Collection<G1Point> points) {
        if (points.isEmpty()) {
            throw new InvalidPointException("the sum of no point is the identity");
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream(points.size() * BYTES);
        points.forEach(point -> all.writeBytes(point.bytes));
        return of(NativeProver.addPoints(all.toByteArray()));
    }

    /** For bytes that were checked as part of a larger whole. */
    public static G1Point ofChecked(byte[] bytes) {
        return new G1Point(bytes.clone());
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof G1Point that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "G1 " + HexFormat.of().formatHex(bytes, 0, 8);
    }
}
