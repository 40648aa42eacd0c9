package io.veilflow.mpc.adversary;

import io.veilflow.mpc.field.NotCanonicalException;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.field.Words;
import io.veilflow.mpc.threshold.CurvePoint;
import java.util.Arrays;
import java.util.Random;

/** What the bytes of a message stand for. Changes stay inside, so that a check has to notice and not a decoder. */
public enum Domain {
    WORDS(null),
    F_P61(PrimeField.P61),
    FR(PrimeField.FR),
    ZQ(PrimeField.ZQ),
    /** Of secp256k1, 33 bytes each. */
    POINTS(null),
    BYTES(null);

    private final PrimeField field;

    Domain(PrimeField field) {
        this.field = field;
    }

    public static Domain of(PrimeField field) {
        if (field == PrimeField.ZQ) {
            return ZQ;
        }
        return field == PrimeField.FR ? FR : F_P61;
    }

    /** By the label alone, where it tells; else the one given. */
    public static Domain of(String label, Domain otherwise) {
        if (label.endsWith("/hash") || label.equals("inputs")) {
            return BYTES;
        }
        String last = label.substring(label.lastIndexOf('/') + 1);
        if (last.equals("rho") || last.equals("arrived") || last.equals("echo") || last.equals("ok")) {
            return BYTES;
        }
        if (label.equals("and")) {
            return WORDS;
        }
        if (label.contains("/and/") || label.contains("/F_p61/")) {
            return F_P61;
        }
        if (label.contains("/Z_Q/")) {
            return ZQ;
        }
        return label.contains("/Fr/") ? FR : otherwise;
    }

    /** One at a random place. */
    byte[] addOne(byte[] payload, Random random) {
        if (payload.length == 0) {
            return payload;
        }
        return switch (this) {
            case WORDS -> {
                long[] words = Words.decode(payload);
                words[random.nextInt(words.length)]++;
                yield Words.encode(words);
            }
            case F_P61, FR, ZQ -> {
                long[] elements = field.decode(payload);
                int count = elements.length / field.words();
                long[] error = new long[elements.length];
                System.arraycopy(field.one(), 0, error, random.nextInt(count) * field.words(), field.words());
                yield field.encode(field.add(elements, error));
            }
            case POINTS -> {
                byte[] out = payload.clone();
                int at = CurvePoint.BYTES * random.nextInt(out.length / CurvePoint.BYTES);
                CurvePoint point = CurvePoint.decode(Arrays.copyOfRange(out, at, at + CurvePoint.BYTES))
                        .orElseThrow();
                System.arraycopy(point.plus(CurvePoint.GENERATOR).encoded(), 0, out, at, CurvePoint.BYTES);
                yield out;
            }
            case BYTES -> {
                byte[] out = payload.clone();
                out[random.nextInt(out.length)]++;
                yield out;
            }
        };
    }

    /**
     * One bit at a random place, such that a decoder still accepts the message. In elements it is one of the lower bits: these leave almost
     * every value below the modulus, so the place does not depend on the value.
     */
    byte[] flipBit(byte[] payload, Random random) {
        if (payload.length == 0) {
            return payload;
        }
        while (true) {
            byte[] out = payload.clone();
            int bit =
                    switch (this) {
                        case WORDS, BYTES -> random.nextInt(8 * out.length);
                        case F_P61 ->
                            8 * Long.BYTES * random.nextInt(out.length / Long.BYTES) + random.nextInt(Integer.SIZE);
                        // the end of the x of one
                        case POINTS ->
                            8 * CurvePoint.BYTES * (1 + random.nextInt(out.length / CurvePoint.BYTES))
                                    - 1
                                    - random.nextInt(Long.SIZE);
                        case FR, ZQ ->
                            8 * field.bytes() * (1 + random.nextInt(out.length / field.bytes()))
                                    - 1
                                    - random.nextInt(Long.SIZE);
                    };
            out[bit >>> 3] ^= (byte) (1 << (bit & 7));
            if (isCanonical(out)) {
                return out;
            }
        }
    }

    private boolean isCanonical(byte[] payload) {
        if (this == POINTS) {
            return arePoints(payload);
        }
        if (field == null) {
            return true;
        }
        try {
            field.decode(payload);
            return true;
        } catch (NotCanonicalException e) {
            return false;
        }
    }

    private static boolean arePoints(byte[] payload) {
        for (int at = 0; at < payload.length; at += CurvePoint.BYTES) {
            if (CurvePoint.decode(Arrays.copyOfRange(payload, at, at + CurvePoint.BYTES))
                    .isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** Whether a decoder can refuse a message of the right length. */
    boolean hasModulus() {
        return field != null || this == POINTS;
    }
}
