package io.veilflow.zk.statement;

import io.veilflow.nativelib.CircuitSummary;
import io.veilflow.zk.rule.InputField;
import io.veilflow.zk.rule.PublicInput;
import io.veilflow.zk.rule.Role;
import io.veilflow.zk.rule.Rule;
import io.veilflow.zk.rule.RuleNode;
import java.util.Arrays;

/**
 * Where the input wires of a rule's circuit stand (docs/wire.md section 3): context, words, book, publics, public bits,
 * book bits, advice. Counted here from the rule and on the native side from the circuit; the two must agree.
 *
 * @param words public words after the context
 * @param book committed wires: basis point i belongs to book wire i
 * @param publics one wire per public input
 * @param advice flags and difference bits of all comparisons
 */
public record CircuitLayout(int words, int book, int publics, int publicBits, int bookBits, int advice) {

    public static CircuitLayout of(Rule rule) {
        int publicBits =
                rule.publicInputs().stream().mapToInt(PublicInput::bits).sum();
        int bookBits = 0;
        for (Role role : rule.roles()) {
            int slotBits = role.fields().stream().mapToInt(InputField::bits).sum();
            bookBits = Math.addExact(bookBits, Math.multiplyExact(role.slots(), slotBits));
        }
        int advice = 0;
        for (RuleNode node : rule.nodes()) {
            if (node.isComparison()) {
                int perValue = 1 + node.comparisonWidth();
                advice = Math.addExact(advice, Math.multiplyExact(rule.valuesOf(node), perValue));
            }
        }
        int words = rule.publicWords().count();
        return new CircuitLayout(words, rule.bookSize(), rule.publicInputs().size(), publicBits, bookBits, advice);
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

    public int publicBitsFrom() {
        return publicsFrom() + publics;
    }

    public int bookBitsFrom() {
        return publicBitsFrom() + publicBits;
    }

    public int adviceFrom() {
        return bookBitsFrom() + bookBits;
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
                circuit.publicBits(),
                circuit.bookBits(),
                circuit.adviceWires());
        if (!Arrays.equals(rule.hash(), circuit.ruleHash())
                || !equals(compiled)
                || rule.publicWords().variableWords() != circuit.variableWords()) {
            throw new IllegalStateException(
                    rule + ": the compiled circuit has " + compiled + ", the rule gives " + this);
        }
    }
}
