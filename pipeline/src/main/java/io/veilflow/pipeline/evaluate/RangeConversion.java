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
import io.veilflow.mpc.verification.Verification;
import io.veilflow.pipeline.shares.ShareScope;
import io.veilflow.zk.rule.Range;
import io.veilflow.zk.rule.RangePlan;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.ToIntFunction;

/**
 * From the numbers that a circuit shows to be in range to its limbs, counts and bits over Fr (PROTOCOLS 8.6, docs/wire.md section 3).
 * All limbs are one vector of 4.8, all bits one of 4.7, and the counts are one histogram over the limbs and the shifted top limbs; beyond
 * 65,536 pieces one for so many, with a verification between them so that memory stays bounded. What public inputs add is known and
 * enters as constants.
 *
 * <p>Opened is only what 4.8 opens, one uniformly masked number of t bits a limb and one a count: nothing about limbs or counts.
 */
final class RangeConversion {
    /** @param limbs of all ranges, @param counts of the table, @param bits of all ranges */
    record Converted(ElementShares limbs, ElementShares counts, ElementShares bits) {}

    private static final int CHUNK = 1 << 16;

    private final Session session;
    private final PartyId self;
    private final RangePlan plan;
    private final List<Range> secret;
    private final BitNumbers numbers;
    private final List<BigInteger> publicInputs;
    private final ShareScope scope;
    private final int chunk;
    private int unverified;

    /** @param numbers of all ranges but those of public inputs, in the order of the plan */
    RangeConversion(
            Session session, RangePlan plan, BitNumbers numbers, List<BigInteger> publicInputs, ShareScope scope) {
        this(session, plan, numbers, publicInputs, scope, CHUNK);
    }

    /** @param chunk pieces that are converted together; twice as many may wait for their verification */
    RangeConversion(
            Session session,
            RangePlan plan,
            BitNumbers numbers,
            List<BigInteger> publicInputs,
            ShareScope scope,
            int chunk) {
        this.session = session;
        this.self = session.self();
        this.plan = plan;
        this.secret = plan.ranges().stream().filter(range -> !range.isPublic()).toList();
        this.numbers = numbers;
        this.publicInputs = publicInputs;
        this.scope = scope;
        this.chunk = chunk;
    }

    /** Messages at "evaluate/limbs-k", "evaluate/counts-k", "evaluate/bits-k" and below them. */
    Converted convert() {
        return new Converted(limbs(), counts(), bits());
    }

    private ElementShares limbs() {
        Pieces limbs = new Pieces(plan.limbs() - plan.publicLimbs());
        limbs.addLimbs();
        limbs.requireAll();
        List<ElementShares> converted =
                inChunks("evaluate/limbs-", limbs, plan.limbBits(), (path, bits) -> new BitsToNumber(
                                session.operation(path), PrimeField.FR)
                        .convert(bits));
        return join(publicPieces(true, plan.limbBits()), converted);
    }

    private ElementShares bits() {
        Pieces bits = new Pieces(plan.bits() - plan.publicBits());
        bits.addBits();
        bits.requireAll();
        List<ElementShares> converted = inChunks(
                "evaluate/bits-", bits, 1, (path, plane) -> new BitsToField(session.operation(path), PrimeField.FR)
                        .convert(plane));
        return join(publicPieces(false, 1), converted);
    }

    private ElementShares counts() {
        if (plan.limbBits() == 0) {
            return ElementShares.zeros(PrimeField.FR, 0);
        }
        PublicNumbers known = publicCounts();
        Pieces lookups = new Pieces(plan.lookups() - known.sum().values().get(0).intValueExact());
        lookups.addLimbs();
        lookups.addShiftedTops();
        lookups.requireAll();
        ElementShares sum = known.toField(self).elements();
        for (ElementShares counts : inChunks("evaluate/counts-", lookups, plan.limbBits(), this::counted)) {
            scope.keep(sum);
            sum = sum.plus(counts);
        }
        return sum;
    }

    private ElementShares counted(String path, BitShares lookups) {
        BitShares histogram = scope.keep(new Histogram(session.operation(path)).of(lookups));
        return new BitsToNumber(session.operation(path + "/numbers"), PrimeField.FR).convert(histogram);
    }

    /** One result a chunk. What waits for its verification stays bounded, whatever the size of the rule. */
    private List<ElementShares> inChunks(
            String path, Pieces pieces, int width, BiFunction<String, BitShares, ElementShares> conversion) {
        List<ElementShares> out = new ArrayList<>();
        for (int from = 0; from < pieces.count; from += chunk) {
            int length = Math.min(chunk, pieces.count - from);
            String here = path + from / chunk;
            if (unverified + length > 2 * chunk) {
                new Verification(session.operation(here + "/before"), "dzkp").run();
                unverified = 0;
            }
            unverified += length;
            out.add(scope.keep(conversion.apply(here, scope.keep(pieces.planes(from, length, width)))));
        }
        return out;
    }

    private ElementShares join(List<BigInteger> known, List<ElementShares> converted) {
        List<ElementShares> all = new ArrayList<>();
        all.add(new PublicNumbers(known).toField(self).elements());
        all.addAll(converted);
        return ElementShares.concat(PrimeField.FR, all);
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

        private void requireAll() {
            if (count != own.length) {
                throw new IllegalStateException(count + " pieces where the plan has " + own.length);
            }
        }

        BitShares planes(int from, int length, int width) {
            return new BitShares(length, width, planes(own, from, length, width), planes(next, from, length, width));
        }

        private static long[] planes(long[] words, int from, int length, int width) {
            long[] part = Arrays.copyOfRange(words, from, from + length);
            long[] out = Planes.fromNumbers(part, 1, length, width);
            Arrays.fill(part, 0);
            return out;
        }
    }
}
