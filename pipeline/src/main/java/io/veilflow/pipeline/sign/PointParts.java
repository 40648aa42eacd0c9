package io.veilflow.pipeline.sign;

import com.google.protobuf.ByteString;

/** The two parts of a compressed point as the contracts read them. Whether it is on the curve is checked where keys are read. */
final class PointParts {
    private static final int BYTES = 33;
    private static final int EVEN = 2;

    private PointParts() {}

    /** @throws IllegalArgumentException if these are not 33 bytes that begin with 2 or 3 */
    static void require(ByteString point) {
        if (point.size() != BYTES || (point.byteAt(0) & ~1) != EVEN) {
            throw new IllegalArgumentException("a compressed point has " + BYTES + " bytes and begins with 2 or 3");
        }
    }

    static ByteString x(ByteString point) {
        return point.substring(1);
    }

    static int parity(ByteString point) {
        return point.byteAt(0) - EVEN;
    }
}
