package io.veilflow.pipeline.evaluate;

import io.veilflow.mpc.field.Fr;
import io.veilflow.mpc.field.Int192;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.field.Words;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.InputAgreement;
import io.veilflow.mpc.replicated.IntegerShares;
import io.veilflow.mpc.session.Session;
import io.veilflow.pipeline.shares.ShareScope;
import io.veilflow.zk.rule.InputField;
import io.veilflow.zk.rule.Role;
import io.veilflow.zk.rule.Rule;
import java.util.ArrayList;
import java.util.List;

/** The secret inputs of all slots in book order. */
final class Book {
    private final Rule rule;
    private final IntegerShares integers;
    private final ElementShares elements;
    private final List<InputField> fields;

    /** @param integers stay the caller's; what is made of them is the scope's */
    Book(Rule rule, IntegerShares integers, ShareScope scope) {
        if (integers.count() != rule.bookSize()) {
            throw new IllegalArgumentException(
                    "a book of " + integers.count() + " numbers for a rule with " + rule.bookSize());
        }
        this.rule = rule;
        this.integers = integers;
        this.elements = scope.keep(integers.toFr());
        this.fields = new ArrayList<>();
        for (Role role : rule.roles()) {
            for (int slot = 0; slot < role.slots(); slot++) {
                fields.addAll(role.fields());
            }
        }
    }

    /** Before anything is computed: the two holders of every component hold the same. Messages at "evaluate/inputs". */
    void agree(Session session) {
        new InputAgreement(session.operation("evaluate/inputs"))
                .compare(Words.encode(integers.own()), Words.encode(integers.next()));
    }

    ElementShares elements() {
        return elements;
    }

    /** What the rule declares for a wire. */
    InputField field(int wire) {
        return fields.get(wire);
    }

    /** One field of every slot of a role. */
    LinearValue input(int role, int field) {
        int slots = rule.roles().get(role).slots();
        int[] wires = new int[slots];
        for (int slot = 0; slot < slots; slot++) {
            wires[slot] = rule.bookIndex(role, slot, field);
        }
        ElementShares values = ElementShares.zeros(PrimeField.FR, slots);
        for (int slot = 0; slot < slots; slot++) {
            System.arraycopy(elements.own(), wires[slot] * Fr.WORDS, values.own(), slot * Fr.WORDS, Fr.WORDS);
            System.arraycopy(elements.next(), wires[slot] * Fr.WORDS, values.next(), slot * Fr.WORDS, Fr.WORDS);
        }
        return new LinearValue(integers(wires), values);
    }

    /** The numbers at some wires. */
    IntegerShares integers(int[] wires) {
        IntegerShares out = IntegerShares.zeros(wires.length);
        for (int k = 0; k < wires.length; k++) {
            System.arraycopy(integers.own(), wires[k] * Int192.WORDS, out.own(), k * Int192.WORDS, Int192.WORDS);
            System.arraycopy(integers.next(), wires[k] * Int192.WORDS, out.next(), k * Int192.WORDS, Int192.WORDS);
        }
        return out;
    }
}
