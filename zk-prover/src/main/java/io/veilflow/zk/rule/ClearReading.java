package io.veilflow.zk.rule;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** All values of a rule on inputs in the clear, with everything else that the circuit wants. */
public final class ClearReading {
    private final Rule rule;
    private final ClearInputs inputs;
    private final List<List<List<BigInteger>>> copies;

    /** @param copies values by node at the found candidates, and at the next ones */
    ClearReading(Rule rule, ClearInputs inputs, List<List<List<BigInteger>>> copies) {
        this.rule = rule;
        this.inputs = inputs;
        this.copies = copies.stream().map(List::copyOf).toList();
    }

    public Rule rule() {
        return rule;
    }

    public ClearInputs inputs() {
        return inputs;
    }

    /** Value by value, in the order of the rule's outputs. */
    public List<BigInteger> outputs() {
        return rule.outputs().stream()
                .flatMap(output -> values(output.node()).stream())
                .toList();
    }

    /** The values of one output: one, or one per slot or owner. */
    public List<BigInteger> output(String name) {
        return rule.outputs().stream()
                .filter(output -> output.name().equals(name))
                .map(output -> values(output.node()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no output " + name));
    }

    /** One value, or one per slot or owner; of a node that depends on a candidate those of copy 0. */
    public List<BigInteger> values(int node) {
        return values(node, 0);
    }

    /** @param copy 0 at the found candidate, 1 at the next number; the same for nodes without a candidate */
    public List<BigInteger> values(int node, int copy) {
        return copies.get(copy).get(node);
    }

    public PublicValues publicValues() {
        return new PublicValues(outputs(), inputs.publicInputs(), inputs.used());
    }

    /** Limbs of all ranges, lowest first. */
    public List<BigInteger> limbs() {
        return ClearRanges.of(this).limbs();
    }

    /** Per entry of the table how many lookups equal it. */
    public List<BigInteger> counts() {
        return ClearRanges.of(this).counts();
    }

    /** Bits of all ranges that are shown by bits, lowest first. */
    public List<BigInteger> bits() {
        return ClearRanges.of(this).bits();
    }

    /** For every comparison in node order, for every copy and value: whether it holds. */
    public List<BigInteger> advice() {
        List<BigInteger> advice = new ArrayList<>();
        for (RuleNode node : rule.nodes()) {
            for (int copy = 0; node.isComparison() && copy < node.copies(); copy++) {
                advice.addAll(values(node.index(), copy));
            }
        }
        return advice;
    }

    /**
     * All secret inputs of the circuit in the order of docs/wire.md section 3: book, publics, limbs, counts, bits, advice.
     */
    public List<BigInteger> circuitInputs() {
        ClearRanges ranges = ClearRanges.of(this);
        List<BigInteger> wires = new ArrayList<>(inputs.book());
        wires.addAll(inputs.publicInputs());
        wires.addAll(inputs.used().askedBits());
        wires.addAll(ranges.limbs());
        wires.addAll(ranges.counts());
        wires.addAll(ranges.bits());
        wires.addAll(advice());
        return wires;
    }

    /** Shows the rule and no value. */
    @Override
    public String toString() {
        return "ClearReading[" + rule + "]";
    }
}
