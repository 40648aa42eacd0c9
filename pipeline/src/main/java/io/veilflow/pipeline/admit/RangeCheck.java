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
import io.veilflow.zk.rule.InputField;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whether every number of a submission lies between minimum and maximum as the rule declares (PROTOCOLS 10.2). A number whose
 * components passed their range checks is at most 2^160 + 2^64 in absolute value, and so its distance from either end is below 2^161; the
 * distance is decomposed at 162 bits, and bits b..161 must be zero, where b are the bits of maximum - minimum. The distance from the
 * minimum is enough where every number of b bits is allowed; elsewhere both are checked. Only one bit per submission is opened. All
 * distances of a batch are one vector: about 30 rounds and those of one verification.
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
     * @param fields per number, what the rule declares
     */
    public record Candidate(IntegerShares numbers, List<InputField> fields) {
        public Candidate {
            fields = List.copyOf(fields);
            if (numbers.count() != fields.size() || fields.isEmpty()) {
                throw new IllegalArgumentException(numbers.count() + " numbers, " + fields.size() + " fields");
            }
        }
    }

    /** What has to be at least 0 and below 2^bits: {@code number} times {@code sign} plus {@code end}. */
    private record Distance(int number, BigInteger sign, BigInteger end, int bits) {
        static List<Distance> of(InputField field, int number) {
            Distance above =
                    new Distance(number, BigInteger.ONE, field.minimum().negate(), field.bits());
            Distance below = new Distance(number, BigInteger.ONE.negate(), field.maximum(), field.bits());
            return field.fillsItsBits() ? List.of(above) : List.of(above, below);
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
        List<Distance> distances = distances(candidates);
        BitShares fits = fits(scope.keep(values(all, distances)), distances);
        BitShares verdicts = perCandidate(candidates, fits, distances);
        new Verification(session.operation("range-check/verify"), "dzkp").run();
        long[] opened = new Opening(session.operation("range-check/accept")).open(verdicts, "accept");
        boolean[] accepted = new boolean[candidates.size()];
        for (int k = 0; k < accepted.length; k++) {
            accepted[k] = Planes.bit(opened, accepted.length, 0, k) == 1;
        }
        return accepted;
    }

    private static List<Distance> distances(List<Candidate> candidates) {
        List<Distance> out = new ArrayList<>();
        int number = 0;
        for (Candidate candidate : candidates) {
            for (InputField field : candidate.fields()) {
                out.addAll(Distance.of(field, number++));
            }
        }
        return out;
    }

    private IntegerShares values(IntegerShares all, List<Distance> distances) {
        int count = distances.size();
        IntegerShares numbers = scope.keep(IntegerShares.zeros(count));
        for (int k = 0; k < count; k++) {
            int from = distances.get(k).number() * Int192.WORDS;
            System.arraycopy(all.own(), from, numbers.own(), k * Int192.WORDS, Int192.WORDS);
            System.arraycopy(all.next(), from, numbers.next(), k * Int192.WORDS, Int192.WORDS);
        }
        long[] signs = words(distances.stream().map(Distance::sign).toList());
        long[] ends = words(distances.stream().map(Distance::end).toList());
        return scope.keep(numbers.timesEach(signs)).plus(IntegerShares.ofPublic(self, count, ends));
    }

    private static long[] words(List<BigInteger> values) {
        long[] out = new long[values.size() * Int192.WORDS];
        for (int k = 0; k < out.length; k++) {
            out[k] = values.get(k / Int192.WORDS)
                    .shiftRight(64 * (k % Int192.WORDS))
                    .longValue();
        }
        return out;
    }

    /** Per distance whether it fits: one plane. Bits below its width do not count. */
    private BitShares fits(IntegerShares values, List<Distance> distances) {
        int count = values.count();
        BitShares bits = scope.keep(IntegerToBits.forLanes(session.operation("range-check/bits"), count)
                .all(values, DECOMPOSED_BITS));
        int narrowest = distances.stream().mapToInt(Distance::bits).min().orElseThrow();
        BitShares above = scope.keep(bits.planes(narrowest, DECOMPOSED_BITS - narrowest));
        for (int lane = 0; lane < count; lane++) {
            for (int plane = narrowest; plane < distances.get(lane).bits(); plane++) {
                clear(above.own(), count, plane - narrowest, lane);
                clear(above.next(), count, plane - narrowest, lane);
            }
        }
        return scope.keep(new AllOnes(session.operation("range-check/zero")).reduce(scope.keep(above.not(self))));
    }

    private static void clear(long[] planes, int lanes, int plane, int lane) {
        planes[plane * Planes.wordsOf(lanes) + (lane >>> 6)] &= ~(1L << (lane & 63));
    }

    /** Candidates become lanes and their distances planes; missing ones count as fitting. */
    private BitShares perCandidate(List<Candidate> candidates, BitShares fits, List<Distance> distances) {
        int[] owner = new int[distances.get(distances.size() - 1).number() + 1];
        int number = 0;
        for (int candidate = 0; candidate < candidates.size(); candidate++) {
            for (int k = 0; k < candidates.get(candidate).fields().size(); k++) {
                owner[number++] = candidate;
            }
        }
        int[] sizes = new int[candidates.size()];
        distances.forEach(one -> sizes[owner[one.number()]]++);
        int most = Arrays.stream(sizes).max().orElseThrow();
        BitShares table = scope.keep(BitShares.zeros(candidates.size(), most).not(self));
        int[] filled = new int[candidates.size()];
        for (int k = 0; k < distances.size(); k++) {
            int candidate = owner[distances.get(k).number()];
            copyLane(fits, k, table, filled[candidate]++, candidate);
        }
        return scope.keep(new AllOnes(session.operation("range-check/all")).reduce(table));
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
