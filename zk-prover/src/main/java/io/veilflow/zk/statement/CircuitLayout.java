package io.veilflow.zk.statement;

import io.veilflow.nativelib.CircuitSummary;
import io.veilflow.zk.rule.RangePlan;
import io.veilflow.zk.rule.Rule;
import io.veilflow.zk.rule.RuleNode;
import java.util.Arrays;

/**
 * Where the input wires of a rule's circuit stand (docs/wire.md section 3): context, words, book, publics, limbs, counts, bits,
 * advice. Counted here from the rule and on the native side from the circuit; the two must agree.
 *
 * @param words public words after the context
 * @param book committed wires: basis point i belongs to book wire i
 * @param publics one wire per public input, then one per used bit
 * @param limbs of all ranges that are shown by limbs; with the counts in the second commitment
 * @param counts one per entry of the lookup table
 * @param bits of all ranges that are shown by bits
 * @param advice one flag per comparison
 */
public record CircuitLayout(int words, int book, int publics, int limbs, int counts, int bits, int advice) {

    public static CircuitLayout of(Rule rule) {
        int used = rule.usedRoles().stream()
                .mapToInt(role -> rule.roles().get(role).slots())
                .sum();
        int advice = 0;
        for (RuleNode node : rule.nodes()) {
            if (node.isComparison()) {
                advice = Math.addExact(advice, Math.multiplyExact(node.copies(), rule.valuesOf(node)));
            }
        }
        RangePlan ranges = rule.ranges();
        return new CircuitLayout(
                rule.publicWords().count(),
                rule.bookSize(),
                rule.publicInputs().size() + used,
                ranges.limbs(),
                ranges.counts(),
                ranges.bits(),
                advice);
    }

    /** The context is wire 0. */
    public int wordsFrom() {
        return 1;
    }

    public int bookFrom() {
        return wordsFrom() + words;
    }

    public int publicsFrom() {
        return bookFrom() + book;
    }

    public int limbsFrom() {
        return publicsFrom() + publics;
    }

    public int countsFrom() {
        return limbsFrom() + limbs;
    }

    public int bitsFrom() {
        return countsFrom() + counts;
    }

    public int adviceFrom() {
        return bitsFrom() + bits;
    }

    public int inputWires() {
        return adviceFrom() + advice;
    }

    /**
     * Refuses a circuit of another rule or with other counts.
     *
     * @throws IllegalStateException naming both: rule and native library do not belong together
     */
    public void requireSame(Rule rule, CircuitSummary circuit) {
        CircuitLayout compiled = new CircuitLayout(
                circuit.words(),
                circuit.bookWires(),
                circuit.publicWires(),
                circuit.limbs(),
                circuit.counts(),
                circuit.bits(),
                circuit.adviceWires());
        if (!Arrays.equals(rule.hash(), circuit.ruleHash())
                || !equals(compiled)
                || rule.limbBits() != circuit.limbBits()
                || rule.publicWords().variableWords() != circuit.variableWords()) {
            throw new IllegalStateException(
                    rule + ": the compiled circuit has " + compiled + ", the rule gives " + this);
        }
    }
}
