package io.veilflow.mpc.replicated.convert;

import io.veilflow.mpc.field.Fr;
import io.veilflow.mpc.field.FrVector;
import io.veilflow.mpc.field.Int192;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.session.Operation;

/**
 * Division by 2^f in Fr, rounded down with an error of 0 to 3 upwards, for |x| < 2^(l-1) (PROTOCOLS 4.10): open c as in {@link
 * BlindedOpening}, which verifies the session's products first; (c >> f) - 2^(l-1-f) - sum of (r_j >> f) = floor(x/2^f) + {0, 1, 2, 3}.
 * One round and 32 bytes a value, besides the verification. Which of the four it is depends on the masks: exact integers are better
 * wherever a result is proven.
 *
 * <p>Security: as {@link FieldToBits}.
 */
public final class Truncation {
    private final PartyId self;
    private final BlindedOpening blinded;

    public Truncation(Operation operation) {
        this.self = operation.self();
        this.blinded = new BlindedOpening(operation);
    }

    /**
     * @param bits f, 0 to {@code width - 1}
     * @param width l, 1 to 170
     */
    public ElementShares truncate(ElementShares x, int bits, int width) {
        BlindedOpening.requireWidth(width);
        if (bits < 0 || bits >= width) {
            throw new IllegalArgumentException("truncation by " + bits + " bits at width " + width);
        }
        int count = x.count();
        if (count == 0) {
            return x;
        }
        BlindedOpening.Blinded value = blinded.open(x, width);
        ElementShares masks = new ElementShares(
                PrimeField.FR, count, shifted(value.ownMask(), bits), shifted(value.nextMask(), bits));
        value.wipe();
        long[] half = PrimeField.FR.fromIntegers(Int192.powerOfTwo(width - 1 - bits));
        return ElementShares.ofPublic(PrimeField.FR, self, count, shifted(value.opened(), bits))
                .minus(ElementShares.ofPublic(PrimeField.FR, self, count, FrVector.repeat(half, count)))
                .minus(masks);
    }

    /** floor(v / 2^bits) as elements, for integers in the words of Fr. */
    private static long[] shifted(long[] integers, int bits) {
        long[] out = new long[integers.length];
        int whole = bits >>> 6;
        int part = bits & 63;
        for (int at = 0; at < integers.length; at += Fr.WORDS) {
            for (int w = whole; w < Fr.WORDS; w++) {
                long above = w + 1 < Fr.WORDS ? integers[at + w + 1] : 0;
                // two steps, since a shift by 64 would be one by 0
                out[at + w - whole] = integers[at + w] >>> part | above << 1 << (63 - part);
            }
        }
        return FrVector.fromIntegers(out);
    }
}
