package io.veilflow.zk.rule;

/**
 * Whether limbs or bits show the ranges of a rule, by the rows that they cost (docs/wire.md section 3). By bits a range of w bits is
 * w + 1 rows; by limbs it is a row for each lookup and one more, and the table is a row for each of its entries. Limbs bring a second
 * commitment, and with it a round, an inverse for each lookup and one more pairing on chain: they must save 4,096 rows.
 */
final class LimbChoice {
    static final int ROWS_TO_SAVE = 4096;
    /** The sum of the inverses, the mask of the second commitment, and its challenge. */
    static final int FIXED_ROWS = 3;

    private LimbChoice() {}

    /** @param byBits the plan of the same rule without limbs; @return 0, or the limb bits with the fewest rows */
    static int of(RangePlan byBits) {
        long most = rows(byBits, 0) - ROWS_TO_SAVE;
        int best = 0;
        for (int limbBits = RuleLimits.LIMB_BITS_MIN; limbBits <= RuleLimits.LIMB_BITS_MAX; limbBits++) {
            long rows = rows(byBits, limbBits);
            if (best == 0 ? rows <= most : rows < most) {
                best = limbBits;
                most = rows;
            }
        }
        return best;
    }

    /** Rows of all ranges of a plan if they were shown with these limbs, the table included. */
    static long rows(RangePlan plan, int limbBits) {
        long rows = limbBits == 0 ? 0 : (1L << limbBits) + FIXED_ROWS;
        for (Range range : plan.ranges()) {
            int sum = range.kind() == Range.Kind.CANDIDATE ? 0 : 1;
            rows += sum + pieces(range.width(), limbBits);
        }
        return rows;
    }

    private static int pieces(int width, int limbBits) {
        if (limbBits == 0 || width <= RuleLimits.NARROW_BITS) {
            return width;
        }
        int limbs = (width + limbBits - 1) / limbBits;
        return RangePlan.topShift(width, limbBits) > 0 ? limbs + 1 : limbs;
    }
}
