package io.veilflow.zk.rule;

import java.util.ArrayList;
import java.util.List;

/**
 * All ranges that a rule's circuit shows, in the order of docs/wire.md section 3, each with its limbs or bits; the one place
 * where they are counted on this side.
 *
 * <p>A <em>lookup</em> is a value that the circuit shows to lie in 0..2^limbBits - 1: every limb, and the top limb of a width
 * that limbBits does not divide once more, shifted up.
 */
public final class RangePlan {
    private final int limbBits;
    private final List<Range> ranges;
    private final int limbs;
    private final int bits;
    private final int publicLimbs;
    private final int publicBits;
    private final int lookups;

    private RangePlan(int limbBits, Counter counter) {
        this.limbBits = limbBits;
        this.ranges = List.copyOf(counter.ranges);
        this.limbs = counter.limbs;
        this.bits = counter.bits;
        this.publicLimbs =
                ranges.stream().filter(Range::isPublic).mapToInt(Range::limbs).sum();
        this.publicBits =
                ranges.stream().filter(Range::isPublic).mapToInt(Range::bits).sum();
        this.lookups = limbs
                + (int) ranges.stream().filter(range -> topShift(range) > 0).count();
    }

    static RangePlan of(Rule rule, int limbBits) {
        Counter counter = new Counter(limbBits);
        for (int input = 0; input < rule.publicInputs().size(); input++) {
            counter.add(
                    Range.Kind.PUBLIC_INPUT,
                    input,
                    0,
                    0,
                    rule.publicInputs().get(input).bits());
        }
        int wire = 0;
        for (Role role : rule.roles()) {
            for (int slot = 0; slot < role.slots(); slot++) {
                for (InputField field : role.fields()) {
                    counter.addField(field, wire++);
                }
            }
        }
        for (RuleNode node : rule.nodes()) {
            counter.addNode(node, rule.valuesOf(node));
        }
        return new RangePlan(limbBits, counter);
    }

    /** t of docs/wire.md: 0 if every range is shown by bits. */
    public int limbBits() {
        return limbBits;
    }

    /** In order. */
    public List<Range> ranges() {
        return ranges;
    }

    /** Of all ranges, those of public inputs first. */
    public int limbs() {
        return limbs;
    }

    /** Of all ranges, those of public inputs first. */
    public int bits() {
        return bits;
    }

    /** Limbs at the beginning that everybody knows. */
    public int publicLimbs() {
        return publicLimbs;
    }

    /** Bits at the beginning that everybody knows. */
    public int publicBits() {
        return publicBits;
    }

    /** Entries of the table: 2^limbBits, or 0. */
    public int counts() {
        return limbBits == 0 ? 0 : 1 << limbBits;
    }

    /** Values that are looked up: limbs, and shifted top limbs. */
    public int lookups() {
        return lookups;
    }

    /** By how many bits the top limb of a range is shifted for its second lookup; 0 if it has none. */
    public int topShift(Range range) {
        return range.byLimbs() ? topShift(range.width(), limbBits) : 0;
    }

    static int topShift(int width, int limbBits) {
        return (limbBits - width % limbBits) % limbBits;
    }

    private static final class Counter {
        private final int limbBits;
        private final List<Range> ranges = new ArrayList<>();
        private int limbs;
        private int bits;

        Counter(int limbBits) {
            this.limbBits = limbBits;
        }

        void addField(InputField field, int wire) {
            add(Range.Kind.ABOVE_MINIMUM, wire, 0, 0, field.bits());
            if (!field.fillsItsBits()) {
                add(Range.Kind.BELOW_MAXIMUM, wire, 0, 0, field.bits());
            }
        }

        void addNode(RuleNode node, int values) {
            if (node.operation() instanceof NodeOperation.Candidate candidate) {
                for (int value = 0; value < values; value++) {
                    add(Range.Kind.CANDIDATE, node.index(), 0, value, candidate.bits());
                }
            } else if (node.operation() instanceof NodeOperation.LessThan) {
                for (int copy = 0; copy < node.copies(); copy++) {
                    for (int value = 0; value < values; value++) {
                        add(Range.Kind.LESS_THAN, node.index(), copy, value, node.comparisonWidth());
                    }
                }
            }
        }

        void add(Range.Kind kind, int where, int copy, int value, int width) {
            boolean byLimbs = limbBits > 0 && width > RuleLimits.NARROW_BITS;
            int pieces = byLimbs ? (width + limbBits - 1) / limbBits : width;
            ranges.add(new Range(kind, where, copy, value, width, byLimbs, byLimbs ? limbs : bits, pieces));
            if (byLimbs) {
                limbs = Math.addExact(limbs, pieces);
            } else {
                bits = Math.addExact(bits, pieces);
            }
        }
    }
}
