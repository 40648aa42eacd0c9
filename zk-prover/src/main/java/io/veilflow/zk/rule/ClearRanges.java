package io.veilflow.zk.rule;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The limbs, counts and bits that show the ranges of a reading in the clear. */
final class ClearRanges {
    private final ClearReading reading;
    private final RangePlan plan;
    private final BigInteger[] limbs;
    private final BigInteger[] counts;
    private final BigInteger[] bits;

    private ClearRanges(ClearReading reading) {
        this.reading = reading;
        this.plan = reading.rule().ranges();
        this.limbs = new BigInteger[plan.limbs()];
        this.counts = new BigInteger[plan.counts()];
        this.bits = new BigInteger[plan.bits()];
        Arrays.fill(counts, BigInteger.ZERO);
    }

    static ClearRanges of(ClearReading reading) {
        ClearRanges ranges = new ClearRanges(reading);
        List<InputField> fields = new ArrayList<>();
        for (Role role : reading.rule().roles()) {
            for (int slot = 0; slot < role.slots(); slot++) {
                fields.addAll(role.fields());
            }
        }
        for (Range range : ranges.plan.ranges()) {
            ranges.show(range, ranges.valueOf(range, fields));
        }
        return ranges;
    }

    List<BigInteger> limbs() {
        return List.of(limbs);
    }

    List<BigInteger> counts() {
        return List.of(counts);
    }

    List<BigInteger> bits() {
        return List.of(bits);
    }

    private BigInteger valueOf(Range range, List<InputField> fields) {
        ClearInputs inputs = reading.inputs();
        return switch (range.kind()) {
            case PUBLIC_INPUT -> inputs.publicInputs().get(range.where());
            case ABOVE_MINIMUM ->
                inputs.book()
                        .get(range.where())
                        .subtract(fields.get(range.where()).minimum());
            case BELOW_MAXIMUM ->
                fields.get(range.where()).maximum().subtract(inputs.book().get(range.where()));
            case CANDIDATE -> reading.values(range.where()).get(range.value());
            case LESS_THAN -> slack(range);
        };
    }

    private BigInteger slack(Range range) {
        NodeOperation.LessThan comparison = (NodeOperation.LessThan)
                reading.rule().nodes().get(range.where()).operation();
        BigInteger difference = operand(comparison.left(), range).subtract(operand(comparison.right(), range));
        // b - a - 1 is the bitwise complement of a - b
        return difference.signum() < 0 ? difference.not() : difference;
    }

    private BigInteger operand(int node, Range range) {
        List<BigInteger> values = reading.values(node, range.copy());
        return values.get(values.size() == 1 ? 0 : range.value());
    }

    private void show(Range range, BigInteger value) {
        if (!range.byLimbs()) {
            for (int bit = 0; bit < range.pieces(); bit++) {
                bits[range.from() + bit] = value.testBit(bit) ? BigInteger.ONE : BigInteger.ZERO;
            }
            return;
        }
        BigInteger mask = BigInteger.ONE.shiftLeft(plan.limbBits()).subtract(BigInteger.ONE);
        BigInteger limb = BigInteger.ZERO;
        for (int piece = 0; piece < range.pieces(); piece++) {
            limb = value.shiftRight(piece * plan.limbBits()).and(mask);
            limbs[range.from() + piece] = limb;
            count(limb);
        }
        if (plan.topShift(range) > 0) {
            count(limb.shiftLeft(plan.topShift(range)));
        }
    }

    private void count(BigInteger lookup) {
        int entry = lookup.intValueExact();
        counts[entry] = counts[entry].add(BigInteger.ONE);
    }
}
