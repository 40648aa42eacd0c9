package io.veilflow.mpc.replicated.convert;

import io.veilflow.mpc.bits.Planes;
import io.veilflow.mpc.field.Int192;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.BitAnd;
import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.IntegerShares;
import io.veilflow.mpc.replicated.MaskedOpening;
import io.veilflow.mpc.replicated.compare.ComponentSum;
import io.veilflow.mpc.replicated.compare.Majority;
import io.veilflow.mpc.session.Operation;
import java.util.ArrayList;
import java.util.List;

/**
 * An unsigned Boolean number of l bits as one element of a field (PROTOCOLS 4.8, ours). With r = r_0 + r_1 + r_2, each r_j a PRSS
 * integer of l bits: [Y] = [x] + [r] as l+2 bits; the low l bits y are opened, the top two w_0, w_1 stay shared and enter the field
 * as bits (4.7); x = y + 2^l*(w_0 + 2*w_1) - r. 3l+1 ANDs, of which 2l do not need x; l+1 rounds for [r], l+1 for [Y], one opening,
 * two for the bits. Purposes "mask/<l>", "and", "mul1/<field>", "mul/<field>"; message "open/y".
 *
 * <p>Security: one malicious party. One r_j is unknown to it and used once, so y is uniform in [0, 2^l) in its view, whatever error it
 * added to the ANDs before: the opening goes ahead of verification. The error itself stays in w and in the result; in profile M
 * the ledger keeps that from being opened, in profile S it stays unseen.
 */
public final class BitsToNumber {
    private final Operation operation;
    private final PrimeField field;
    private final PartyId self;
    private final BitAnd products;
    private final Majority carries;

    public BitsToNumber(Operation operation, PrimeField field) {
        this.operation = operation;
        this.field = field;
        this.self = operation.self();
        this.products = new BitAnd(operation);
        this.carries = new Majority(operation);
    }

    /** Widest number: 2^l - 1 is below the modulus, and 2^(l+1) is an integer of {@link Int192}. */
    public static int largestWidth(PrimeField field) {
        return field == PrimeField.P61 ? 60 : 189;
    }

    /**
     * @param x its planes are the bits, lowest first; lanes at and above n may hold anything
     * @return one element per lane
     */
    public ElementShares convert(BitShares x) {
        int width = x.planes();
        int lanes = x.lanes();
        if (width < 1 || width > largestWidth(field)) {
            throw new IllegalArgumentException(
                    width + " bits are no number of 1.." + largestWidth(field) + " bits over " + field.label());
        }
        if (lanes == 0) {
            return ElementShares.zeros(field, 0);
        }
        IntegerShares r = mask(width, lanes);
        Sum sum = add(x, new ComponentSum(operation).bits(r, width));
        long[] y = new MaskedOpening(operation).open(sum.low, "open/y");
        List<ElementShares> w = new BitsToField(operation, field).convert(List.of(sum.carry, sum.topCarry));
        long[] opened = field.fromIntegers(Planes.toNumbers(y, Int192.WORDS, lanes, width));
        ElementShares out = w.get(0)
                .times(power(width))
                .plus(w.get(1).times(power(width + 1)))
                .minus(r.toElements(field))
                .plusPublic(self, opened);
        r.wipe();
        return out;
    }

    private IntegerShares mask(int width, int lanes) {
        IntegerShares r = IntegerShares.zeros(lanes);
        String purpose = "mask/" + width;
        operation.stream(self.index(), purpose).integers(width, Int192.WORDS, r.own(), 0, lanes);
        operation.stream(self.next().index(), purpose).integers(width, Int192.WORDS, r.next(), 0, lanes);
        return r;
    }

    /** Y = low + 2^l * (carry + 2 * topCarry). */
    private record Sum(BitShares low, BitShares carry, BitShares topCarry) {}

    /** @param r l+2 planes */
    private Sum add(BitShares x, BitShares r) {
        int width = x.planes();
        List<BitShares> low = new ArrayList<>();
        low.add(x.plane(0).xor(r.plane(0)));
        BitShares k = products.and(x.plane(0), r.plane(0));
        for (int j = 1; j < width; j++) {
            BitShares a = x.plane(j);
            BitShares b = r.plane(j);
            low.add(a.xor(b).xor(k));
            k = carries.of(a, b, k);
        }
        BitShares above = r.plane(width);
        BitShares last = products.and(above, k);
        return new Sum(BitShares.stack(low), above.xor(k), r.plane(width + 1).xor(last));
    }

    private long[] power(int exponent) {
        return field.fromIntegers(Int192.powerOfTwo(exponent));
    }
}
