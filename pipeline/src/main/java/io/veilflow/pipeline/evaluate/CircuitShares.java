package io.veilflow.pipeline.evaluate;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.IntegerShares;
import io.veilflow.pipeline.shares.ShareScope;
import io.veilflow.zk.rule.InputField;
import io.veilflow.zk.rule.NodeOperation;
import io.veilflow.zk.rule.Range;
import io.veilflow.zk.rule.Rule;
import io.veilflow.zk.rule.RuleNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Collects what the circuit wants beside the book, while the rule is computed: every number that it shows to be in range, still as
 * Boolean shares, and every flag of a comparison. The places are those of the rule's range plan (docs/wire.md section 3).
 */
final class CircuitShares {
    private record Place(int node, int copy) {}

    private final Rule rule;
    private final int publicRanges;
    private final BitNumbers numbers;
    private final Map<Place, Integer> firstRange = new HashMap<>();
    private final Map<Place, ElementShares> flags = new HashMap<>();
    private final ShareScope scope;

    CircuitShares(Rule rule, ShareScope scope) {
        this.rule = rule;
        this.scope = scope;
        List<Range> ranges = rule.ranges().ranges();
        this.publicRanges = (int) ranges.stream().filter(Range::isPublic).count();
        this.numbers = BitNumbers.zeros(ranges.size() - publicRanges);
        scope.keep(numbers::wipe);
        for (int k = publicRanges; k < ranges.size(); k++) {
            Range range = ranges.get(k);
            boolean ofNode = range.kind() == Range.Kind.CANDIDATE || range.kind() == Range.Kind.LESS_THAN;
            if (ofNode && range.value() == 0) {
                firstRange.put(new Place(range.where(), range.copy()), k - publicRanges);
            }
        }
    }

    /** Puts the distances of all inputs from their ends on their way to bits, those of one width as one vector. */
    void inputs(Book book, PartyId self, Decomposition waiting) {
        Map<Integer, List<Integer>> byWidth = new TreeMap<>();
        List<Range> ranges = rule.ranges().ranges();
        for (int k = publicRanges; k < ranges.size(); k++) {
            Range range = ranges.get(k);
            if (range.kind() == Range.Kind.ABOVE_MINIMUM || range.kind() == Range.Kind.BELOW_MAXIMUM) {
                byWidth.computeIfAbsent(range.width(), any -> new ArrayList<>()).add(k);
            }
        }
        byWidth.forEach((width, places) -> {
            List<Range> group = places.stream().map(ranges::get).toList();
            waiting.add(scope.keep(distances(book, self, group)), width, bits -> {
                BitNumbers lowest = bits.lowest(width);
                scope.keep(lowest::wipe);
                for (int k = 0; k < places.size(); k++) {
                    numbers.put(places.get(k) - publicRanges, lowest, k);
                }
            });
        });
    }

    /** Input minus minimum, or maximum minus input. */
    private IntegerShares distances(Book book, PartyId self, List<Range> ranges) {
        int[] wires = ranges.stream().mapToInt(Range::where).toArray();
        List<BigInteger> ends = new ArrayList<>();
        List<BigInteger> signs = new ArrayList<>();
        for (Range range : ranges) {
            InputField field = book.field(range.where());
            boolean above = range.kind() == Range.Kind.ABOVE_MINIMUM;
            ends.add(above ? field.minimum().negate() : field.maximum());
            signs.add(above ? BigInteger.ONE : BigInteger.ONE.negate());
        }
        IntegerShares inputs = scope.keep(book.integers(wires));
        IntegerShares signed = scope.keep(inputs.timesEach(new PublicNumbers(signs).words()));
        return signed.plus(IntegerShares.ofPublic(self, wires.length, new PublicNumbers(ends).words()));
    }

    /** Puts what a search has found on its way to bits. */
    void candidate(RuleNode candidate, NodeValue found, Decomposition waiting) {
        int width = ((NodeOperation.Candidate) candidate.operation()).bits();
        // found is below 2^width; a signed number has one bit more
        waiting.add(found, width + 1, bits -> put(new Place(candidate.index(), 0), bits.lowest(width)));
    }

    private void put(Place place, BitNumbers values) {
        scope.keep(values::wipe);
        numbers.put(firstRange.get(place), values);
    }

    /** Takes the advice of copy 0 or 1; a node that depends on no candidate has copy 0 alone. */
    AdviceTaker copy(int copy) {
        return new AdviceTaker() {
            @Override
            public void flags(RuleNode node, ElementShares values) {
                flags.put(new Place(node.index(), copy), scope.keep(values.slice(0, values.count())));
            }

            @Override
            public void range(RuleNode node, BitNumbers slack) {
                numbers.put(firstRange.get(new Place(node.index(), copy)), slack);
            }
        };
    }

    /** All numbers in range but those of public inputs, in the order of the plan. */
    BitNumbers numbers() {
        return numbers;
    }

    /** For every comparison in node order, for every copy and value: the flag. A copy. */
    ElementShares advice() {
        List<ElementShares> out = new ArrayList<>();
        for (RuleNode node : rule.nodes()) {
            for (int copy = 0; node.isComparison() && copy < node.copies(); copy++) {
                out.add(flags.get(new Place(node.index(), copy)));
            }
        }
        return ElementShares.concat(PrimeField.FR, out);
    }
}
