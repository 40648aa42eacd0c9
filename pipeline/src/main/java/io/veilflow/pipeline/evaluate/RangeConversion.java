package io.veilflow.pipeline.evaluate;

import io.veilflow.mpc.bits.Planes;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.convert.BitsToField;
import io.veilflow.mpc.replicated.convert.BitsToNumber;
import io.veilflow.mpc.replicated.count.Histogram;
import io.veilflow.mpc.session.Session;
import io.veilflow.pipeline.shares.ShareScope;
import io.veilflow.zk.rule.Range;
import io.veilflow.zk.rule.RangePlan;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * From the numbers that a circuit shows to be in range to its limbs, counts and bits over Fr (PROTOCOLS 8.6, docs/wire.md section 3).
 * All limbs are one vector of 4.8, all bits one of 4.7, and the counts are one histogram over the limbs and the shifted top limbs. What
 * public inputs add is known and enters as constants.
 *
 * <p>Opened is only what 4.8 opens, one uniformly masked number of t bits a limb and one a count: nothing about limbs or counts.
 */
final class RangeConversion {
    /** @param limbs of all ranges, @param counts of the table, @param bits of all ranges */
    record Converted(ElementShares limbs, ElementShares counts, ElementShares bits) {}

    private final Session session;
    private final PartyId self;
    private final RangePlan plan;
    private final List<Range> secret;
    private final BitNumbers numbers;
    private final List<BigInteger> publicInputs;
    private final ShareScope scope;

    /** @param numbers of all ranges but those of public inputs, in the order of the plan */
    RangeConversion(
            Session session, RangePlan plan, BitNumbers numbers, List<BigInteger> publicInputs, ShareScope scope) {
        this.session = session;
        this.self = session.self();
        this.plan = plan;
        this.secret = plan.ranges().stream().filter(range -> !range.isPublic()).toList();
        this.numbers = numbers;
        this.publicInputs = publicInputs;
        this.scope = scope;
    }

    /** Messages at "evaluate/limbs", "evaluate/counts", "evaluate/bits". */
    Converted convert() {
        return new Converted(limbs(), counts(), bits());
    }

    private ElementShares limbs() {
        return join(publicPieces(true, plan.limbBits()), scope.keep(secretLimbs()));
    }

    private ElementShares secretLimbs() {
        int count = plan.limbs() - plan.publicLimbs();
        if (count == 0) {
            return ElementShares.zeros(PrimeField.FR, 0);
        }
        Pieces limbs = new Pieces(count);
        limbs.addLimbs();
        return new BitsToNumber(session.operation("evaluate/limbs"), PrimeField.FR)
                .convert(scope.keep(limbs.planes(plan.limbBits())));
    }

    private ElementShares bits() {
        Pieces bits = new Pieces(plan.bits() - plan.publicBits());
        bits.addBits();
        ElementShares converted = scope.keep(
                new BitsToField(session.operation("evaluate/bits"), PrimeField.FR).convert(scope.keep(bits.planes(1))));
        return join(publicPieces(false, 1), converted);
    }

    private ElementShares counts() {
        if (plan.limbBits() == 0) {
            return ElementShares.zeros(PrimeField.FR, 0);
        }
        PublicNumbers known = publicCounts();
        int publicLookups = known.sum().values().get(0).intValueExact();
        if (publicLookups == plan.lookups()) {
            return known.toField(self).elements();
        }
        Pieces lookups = new Pieces(plan.lookups() - publicLookups);
        lookups.addLimbs();
        lookups.addShiftedTops();
        BitShares histogram = scope.keep(
                new Histogram(session.operation("evaluate/counts")).of(scope.keep(lookups.planes(plan.limbBits()))));
        return scope.keep(new BitsToNumber(session.operation("evaluate/counts/numbers"), PrimeField.FR)
                        .convert(histogram))
                .plusPublic(self, known.elements());
    }

    private ElementShares join(List<BigInteger> known, ElementShares converted) {
        return ElementShares.concat(
                PrimeField.FR, List.of(new PublicNumbers(known).toField(self).elements(), converted));
    }

    /** Limbs or bits of the public inputs whose ranges are shown by them. */
    private List<BigInteger> publicPieces(boolean byLimbs, int width) {
        List<BigInteger> out = new ArrayList<>();
        for (Range range : plan.ranges()) {
            for (int piece = 0; range.isPublic() && range.byLimbs() == byLimbs && piece < range.pieces(); piece++) {
                out.add(piece(publicInputs.get(range.where()), piece * width, width));
            }
        }
        return out;
    }

    private static BigInteger piece(BigInteger value, int from, int width) {
        return value.shiftRight(from).and(BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE));
    }

    private PublicNumbers publicCounts() {
        List<BigInteger> lookups = publicPieces(true, plan.limbBits());
        for (Range range : plan.ranges()) {
            if (range.isPublic() && plan.topShift(range) > 0) {
                int top = (range.pieces() - 1) * plan.limbBits();
                lookups.add(publicInputs.get(range.where()).shiftRight(top).shiftLeft(plan.topShift(range)));
            }
        }
        List<BigInteger> counts = new ArrayList<>(Collections.nCopies(plan.counts(), BigInteger.ZERO));
        for (BigInteger lookup : lookups) {
            counts.set(
                    lookup.intValueExact(), counts.get(lookup.intValueExact()).add(BigInteger.ONE));
        }
        return new PublicNumbers(counts);
    }

    /** Pieces of the secret numbers, one a word and component. */
    private final class Pieces {
        private final long[] own;
        private final long[] next;
        private int count;

        Pieces(int count) {
            this.own = new long[count];
            this.next = new long[count];
            scope.keep(() -> {
                Arrays.fill(own, 0);
                Arrays.fill(next, 0);
            });
        }

        void addLimbs() {
            add(range -> range.limbs(), plan.limbBits());
        }

        void addBits() {
            add(range -> range.bits(), 1);
        }

        private void add(ToIntFunction<Range> pieces, int width) {
            for (int k = 0; k < secret.size(); k++) {
                Range range = secret.get(k);
                for (int piece = 0; piece < pieces.applyAsInt(range); piece++) {
                    int from = piece * width;
                    numbers.copyBits(k, from, Math.min(width, range.width() - from), own, next, count++, 0);
                }
            }
        }

        void addShiftedTops() {
            for (int k = 0; k < secret.size(); k++) {
                Range range = secret.get(k);
                int shift = plan.topShift(range);
                if (shift > 0) {
                    int from = (range.pieces() - 1) * plan.limbBits();
                    numbers.copyBits(k, from, range.width() - from, own, next, count++, shift);
                }
            }
        }

        BitShares planes(int width) {
            if (count != own.length) {
                throw new IllegalStateException(count + " pieces where the plan has " + own.length);
            }
            return new BitShares(
                    count, width, Planes.fromNumbers(own, 1, count, width), Planes.fromNumbers(next, 1, count, width));
        }
    }
}
