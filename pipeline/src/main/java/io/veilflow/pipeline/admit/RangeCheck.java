package io.veilflow.pipeline.admit;

import io.veilflow.mpc.bits.Planes;
import io.veilflow.mpc.field.Int192;
import io.veilflow.mpc.field.Words;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.replicated.InputAgreement;
import io.veilflow.mpc.replicated.IntegerShares;
import io.veilflow.mpc.replicated.Opening;
import io.veilflow.mpc.replicated.compare.AllOnes;
import io.veilflow.mpc.replicated.convert.IntegerToBits;
import io.veilflow.mpc.session.Session;
import io.veilflow.mpc.verification.Verification;
import io.veilflow.pipeline.shares.ShareScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether every number of a submission lies in [0, 2^bits) as the rule declares (PROTOCOLS 10.2). A number whose components
 * passed their range checks is below 2^161 in absolute value; it is decomposed at 162 bits, bits b..161 must be zero, and only
 * one bit per submission is opened. All submissions of a batch together, about 30 rounds and those of one verification.
 *
 * <p>Runs on a batch manifest of its own. <b>Security</b>: profile M, one malicious party: the holders of every component agree on it
 * first, and all ANDs are verified before a bit is opened (4.5, 4.2). In profile S a party that deviates can let a value out
 * of range pass. <b>Failure</b>: HOLDERS_DISAGREE, CHECK_FAILED and what ends a session; every share made here is wiped then.
 */
public final class RangeCheck {
    /** Bits that hold every sum of components in their ranges, with sign. */
    private static final int DECOMPOSED_BITS = 162;

    /**
     * One submission.
     *
     * @param numbers this party's components of its numbers
     * @param bits per number, what the rule declares: 1 to 64
     */
    public record Candidate(IntegerShares numbers, int[] bits) {
        public Candidate {
            if (numbers.count() != bits.length || bits.length == 0) {
                throw new IllegalArgumentException(numbers.count() + " numbers, " + bits.length + " widths");
            }
            for (int width : bits) {
                if (width < 1 || width > 64) {
                    throw new IllegalArgumentException("a width of " + width + " bits");
                }
            }
        }
    }

    private final Session session;
    private final PartyId self;
    private final ShareScope scope;

    private RangeCheck(Session session, ShareScope scope) {
        this.session = session;
        this.self = session.self();
        this.scope = scope;
    }

    /** Accept or not, per candidate, the same at all three parties. Messages at "range-check/..". */
    public static boolean[] run(Session session, List<Candidate> candidates) {
        if (candidates.isEmpty()) {
            return new boolean[0];
        }
        try (ShareScope scope = new ShareScope()) {
            return new RangeCheck(session, scope).run(candidates);
        }
    }

    private boolean[] run(List<Candidate> candidates) {
        IntegerShares all = scope.keep(
                IntegerShares.concat(candidates.stream().map(Candidate::numbers).toList()));
        new InputAgreement(session.operation("range-check/inputs"))
                .compare(Words.encode(all.own()), Words.encode(all.next()));
        BitShares verdicts = perCandidate(candidates, perNumber(candidates, all));
        new Verification(session.operation("range-check/verify"), "dzkp").run();
        long[] opened = new Opening(session.operation("range-check/accept")).open(verdicts, "accept");
        boolean[] accepted = new boolean[candidates.size()];
        for (int k = 0; k < accepted.length; k++) {
            accepted[k] = Planes.bit(opened, accepted.length, 0, k) == 1;
        }
        return accepted;
    }

    /** Per number of all candidates in order, whether it fits its width: one plane. */
    private BitShares perNumber(List<Candidate> candidates, IntegerShares all) {
        int[] widths = candidates.stream()
                .flatMapToInt(one -> Arrays.stream(one.bits()))
                .toArray();
        Map<Integer, List<Integer>> byWidth = new TreeMap<>();
        for (int k = 0; k < widths.length; k++) {
            byWidth.computeIfAbsent(widths[k], any -> new ArrayList<>()).add(k);
        }
        BitShares fits = scope.keep(BitShares.zeros(widths.length, 1));
        byWidth.forEach((width, places) -> {
            BitShares group = fit(scope.keep(gather(all, places)), width);
            for (int k = 0; k < places.size(); k++) {
                copyLane(group, k, fits, 0, places.get(k));
            }
        });
        return fits;
    }

    private BitShares fit(IntegerShares numbers, int width) {
        String path = "range-check/" + width;
        BitShares bits = scope.keep(IntegerToBits.forLanes(session.operation(path + "/bits"), numbers.count())
                .all(numbers, DECOMPOSED_BITS));
        BitShares above = scope.keep(bits.planes(width, DECOMPOSED_BITS - width));
        return scope.keep(new AllOnes(session.operation(path + "/zero")).reduce(scope.keep(above.not(self))));
    }

    /** Candidates become lanes and their numbers planes; missing numbers count as fitting. */
    private BitShares perCandidate(List<Candidate> candidates, BitShares fits) {
        int most = candidates.stream().mapToInt(one -> one.bits().length).max().orElseThrow();
        BitShares table = scope.keep(BitShares.zeros(candidates.size(), most).not(self));
        int number = 0;
        for (int lane = 0; lane < candidates.size(); lane++) {
            for (int plane = 0; plane < candidates.get(lane).bits().length; plane++) {
                copyLane(fits, number++, table, plane, lane);
            }
        }
        return scope.keep(new AllOnes(session.operation("range-check/all")).reduce(table));
    }

    private static IntegerShares gather(IntegerShares all, List<Integer> places) {
        IntegerShares out = IntegerShares.zeros(places.size());
        for (int k = 0; k < places.size(); k++) {
            int from = places.get(k) * Int192.WORDS;
            System.arraycopy(all.own(), from, out.own(), k * Int192.WORDS, Int192.WORDS);
            System.arraycopy(all.next(), from, out.next(), k * Int192.WORDS, Int192.WORDS);
        }
        return out;
    }

    /** Lane {@code from} of the one plane of {@code source} to one place of {@code target}. */
    private static void copyLane(BitShares source, int from, BitShares target, int plane, int lane) {
        putBit(target.own(), target.lanes(), plane, lane, Planes.bit(source.own(), source.lanes(), 0, from));
        putBit(target.next(), target.lanes(), plane, lane, Planes.bit(source.next(), source.lanes(), 0, from));
    }

    private static void putBit(long[] planes, int lanes, int plane, int lane, long bit) {
        int word = plane * Planes.wordsOf(lanes) + (lane >>> 6);
        planes[word] = planes[word] & ~(1L << (lane & 63)) | bit << (lane & 63);
    }
}
