package io.veilflow.zk.rule;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** All values of a rule on inputs in the clear, with the advice that the circuit wants. */
public final class ClearReading {
    private final Rule rule;
    private final ClearInputs inputs;
    private final List<List<BigInteger>> values;
    private final List<Boolean> advice;

    ClearReading(Rule rule, ClearInputs inputs, List<List<BigInteger>> values, List<Boolean> advice) {
        this.rule = rule;
        this.inputs = inputs;
        this.values = List.copyOf(values);
        this.advice = List.copyOf(advice);
    }

    public Rule rule() {
        return rule;
    }

    public ClearInputs inputs() {
        return inputs;
    }

    /** In the order of the rule's outputs. */
    public List<BigInteger> outputs() {
        return rule.outputs().stream()
                .map(output -> values.get(output.node()).get(0))
                .toList();
    }

    /** One value per slot of the node's role, or one. */
    public List<BigInteger> values(int node) {
        return values.get(node);
    }

    public PublicValues publicValues() {
        return new PublicValues(outputs(), inputs.publicInputs());
    }

    /** For every comparison in node order, for every slot: the flag, then the bits of the difference, lowest first. */
    public List<Boolean> advice() {
        return advice;
    }

    /**
     * All secret inputs of the circuit in the order of docs/wire.md section 3: book, publics, public bits, book bits,
     * advice.
     */
    public List<BigInteger> circuitInputs() {
        List<BigInteger> wires = new ArrayList<>(inputs.book());
        wires.addAll(inputs.publicInputs());
        for (int input = 0; input < inputs.publicInputs().size(); input++) {
            addBits(
                    wires,
                    inputs.publicInputs().get(input),
                    rule.publicInputs().get(input).bits());
        }
        int at = 0;
        for (Role role : rule.roles()) {
            for (int slot = 0; slot < role.slots(); slot++) {
                for (InputField field : role.fields()) {
                    addBits(wires, inputs.book().get(at++), field.bits());
                }
            }
        }
        advice.forEach(bit -> wires.add(bit ? BigInteger.ONE : BigInteger.ZERO));
        return wires;
    }

    /** Shows the rule and no value. */
    @Override
    public String toString() {
        return "ClearReading[" + rule + "]";
    }

    private static void addBits(List<BigInteger> wires, BigInteger value, int bits) {
        for (int bit = 0; bit < bits; bit++) {
            wires.add(value.testBit(bit) ? BigInteger.ONE : BigInteger.ZERO);
        }
    }
}
