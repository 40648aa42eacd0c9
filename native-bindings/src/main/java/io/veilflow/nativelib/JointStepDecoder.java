package io.veilflow.nativelib;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Reads the native side's steps: {@code kind (1 byte) || body}; the body's length must be exact. */
final class JointStepDecoder {
    private static final int ELEMENT = WitnessShare.ELEMENT_BYTES;
    private static final int POINT = WitnessShare.POINT_BYTES;
    static final int ROUND_ONE_BYTES = 4 * POINT + 2 * POINT;

    private JointStepDecoder() {}

    /** @param commitments of the circuit: the length of its proof follows from them */
    static JointStep decode(byte[] encoded, int commitments) {
        int body = encoded.length - 1;
        try {
            return switch (body < 0 ? -1 : encoded[0]) {
                case 1 -> new JointStep.RoundZero(split(encoded, POINT)[0]);
                case 2 -> {
                    byte[][] v = split(encoded, equalParts(body, 4));
                    yield new JointStep.Products(v[0], v[1], v[2], v[3]);
                }
                case 3 -> {
                    byte[][] v = split(encoded, equalParts(body, 2));
                    yield new JointStep.Inversions(v[0], v[1]);
                }
                case 4 -> {
                    split(encoded);
                    yield new JointStep.RowCoin();
                }
                case 5 -> {
                    int[] lengths = Arrays.copyOf(equalParts(body - 2 * ELEMENT, 4), 6);
                    lengths[4] = ELEMENT;
                    lengths[5] = ELEMENT;
                    byte[][] v = split(encoded, lengths);
                    yield new JointStep.RowTerms(v[0], v[1], v[2], v[3], v[4], v[5]);
                }
                case 6 -> new JointStep.RoundOne(split(encoded, ROUND_ONE_BYTES)[0]);
                case 7 -> {
                    split(encoded);
                    yield new JointStep.RoundOneChecked();
                }
                case 8 -> new JointStep.RoundTwo(split(encoded, POINT)[0]);
                case 9 -> new JointStep.Done(split(encoded, ROUND_ONE_BYTES - POINT + commitments * POINT)[0]);
                default -> throw malformed(encoded.length);
            };
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }

    /** Bytes that {@link JointProof#step} takes as the reply to a step. */
    static int replyBytes(JointStep step, CircuitSummary circuit) {
        if (step instanceof JointStep.RoundZero) {
            return 2 * POINT;
        }
        if (step instanceof JointStep.Products products) {
            return 2 * products.xOwn().length;
        }
        if (step instanceof JointStep.Inversions inversions) {
            return 2 * inversions.xOwn().length;
        }
        if (step instanceof JointStep.RowCoin) {
            return ELEMENT;
        }
        if (step instanceof JointStep.RowTerms) {
            return 4 * ELEMENT;
        }
        if (step instanceof JointStep.RoundOne) {
            return 2 * ROUND_ONE_BYTES;
        }
        if (step instanceof JointStep.RoundOneChecked) {
            return (circuit.words() + 1) * ELEMENT;
        }
        if (step instanceof JointStep.RoundTwo) {
            return 2 * POINT;
        }
        throw new NativeException(NativeStatus.WRONG_STATE, "the proof is done");
    }

    private static int[] equalParts(int bytes, int parts) {
        if (bytes < 0 || bytes % (parts * ELEMENT) != 0) {
            throw malformed(bytes);
        }
        int[] lengths = new int[parts];
        Arrays.fill(lengths, bytes / parts);
        return lengths;
    }

    private static byte[][] split(byte[] encoded, int... lengths) {
        if (Arrays.stream(lengths).sum() != encoded.length - 1) {
            throw malformed(encoded.length);
        }
        ByteBuffer in = ByteBuffer.wrap(encoded, 1, encoded.length - 1);
        byte[][] parts = new byte[lengths.length][];
        for (int k = 0; k < lengths.length; k++) {
            parts[k] = new byte[lengths[k]];
            in.get(parts[k]);
        }
        return parts;
    }

    private static NativeException malformed(int bytes) {
        return new NativeException(NativeStatus.INTERNAL, "malformed step of " + bytes + " bytes");
    }
}
