package io.veilflow.mpc.replicated.convert;

import io.veilflow.mpc.field.Fr;
import io.veilflow.mpc.field.Int192;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.IntegerShares;
import io.veilflow.mpc.session.Operation;

/**
 * From Fr to integer components mod 2^192 for |x| < 2^(l-1): the first half of PROTOCOLS 4.9. Opens c = x + 2^(l-1) + r_0 + r_1 + r_2
 * ({@link BlindedOpening}, which verifies the session's products first); then c - 2^(l-1) - r_0, -r_1, -r_2 add up to x. So values
 * over Fr and sums of inputs can go to bits as one vector. One round and 32 bytes a value, besides the verification.
 *
 * <p>Security: one malicious party; the opened value is within 2^-80 of independent of x. In profile S nothing is verified: a party
 * that deviated in a product before can learn about x here.
 */
public final class FieldToIntegers {
    private final PartyId self;
    private final BlindedOpening blinded;

    public FieldToIntegers(Operation operation) {
        this.self = operation.self();
        this.blinded = new BlindedOpening(operation);
    }

    /**
     * @param width l, 1 to 170
     * @return right mod 2^192; for bits, not for a field
     */
    public IntegerShares convert(ElementShares x, int width) {
        BlindedOpening.requireWidth(width);
        if (x.count() == 0) {
            return IntegerShares.zeros(0);
        }
        BlindedOpening.Blinded value = blinded.open(x, width);
        IntegerShares components = new IntegerShares(
                x.count(),
                component(self.index(), value.ownMask(), value.opened(), width),
                component(self.next().index(), value.nextMask(), value.opened(), width));
        value.wipe();
        return components;
    }

    /** Component j mod 2^192: -r_j, and for j = 0 also c - 2^(width-1). */
    private static long[] component(int j, long[] mask, long[] opened, int width) {
        int count = mask.length / Fr.WORDS;
        long[] out = new long[count * Int192.WORDS];
        long[] half = Int192.powerOfTwo(width - 1);
        for (int k = 0; k < count; k++) {
            int at = k * Int192.WORDS;
            if (j == 0) {
                Int192.sub(opened, k * Fr.WORDS, half, 0, out, at);
            }
            Int192.sub(out, at, mask, k * Fr.WORDS, out, at);
        }
        return out;
    }
}
