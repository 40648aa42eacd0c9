package io.veilflow.pipeline.evaluate;

import io.veilflow.mpc.field.Fr;
import io.veilflow.mpc.field.Int192;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.field.Words;
import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.InputAgreement;
import io.veilflow.mpc.replicated.IntegerShares;
import io.veilflow.mpc.replicated.convert.IntegerToBits;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.Session;
import io.veilflow.pipeline.shares.ShareScope;
import io.veilflow.zk.rule.InputField;
import io.veilflow.zk.rule.Role;
import io.veilflow.zk.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The secret inputs of all slots in book order, with the way to their bits: numbers of one width are decomposed together. */
final class Book {
    private final Rule rule;
    private final IntegerShares integers;
    private final ElementShares elements;
    private final int[] bits;
    private final ShareScope scope;

    /** @param integers stay the caller's; what is made of them is the scope's */
    Book(Rule rule, IntegerShares integers, ShareScope scope) {
        if (integers.count() != rule.bookSize()) {
            throw new IllegalArgumentException(
                    "a book of " + integers.count() + " numbers for a rule with " + rule.bookSize());
        }
        this.rule = rule;
        this.integers = integers;
        this.scope = scope;
        this.elements = scope.keep(integers.toFr());
        this.bits = new int[rule.bookSize()];
        int at = 0;
        for (Role role : rule.roles()) {
            for (int slot = 0; slot < role.slots(); slot++) {
                for (InputField field : role.fields()) {
                    bits[at++] = field.bits();
                }
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

    /** One field of every slot of a role. */
    LinearValue input(int role, int field) {
        int slots = rule.roles().get(role).slots();
        IntegerShares words = IntegerShares.zeros(slots);
        ElementShares values = ElementShares.zeros(PrimeField.FR, slots);
        for (int slot = 0; slot < slots; slot++) {
            int wire = rule.bookIndex(role, slot, field);
            copy(integers, wire, words, slot);
            copy(elements, wire, values, slot);
        }
        return new LinearValue(words, values);
    }

    /** Per width, ascending, the bits of all numbers of that width. Messages at "evaluate/book/" and the width. */
    List<BitShares> bits(Session session) {
        List<BitShares> groups = new ArrayList<>();
        byWidth().forEach((width, wires) -> {
            IntegerShares numbers = scope.keep(IntegerShares.zeros(wires.size()));
            for (int k = 0; k < wires.size(); k++) {
                copy(integers, wires.get(k), numbers, k);
            }
            Operation operation = session.operation("evaluate/book/" + width);
            groups.add(
                    scope.keep(IntegerToBits.forLanes(operation, wires.size()).all(numbers, width)));
        });
        return groups;
    }

    /** The converted groups of {@link #bits} in the order of the circuit: number by number, lowest bit first. */
    ElementShares inBookOrder(List<ElementShares> groups) {
        int[] offsets = new int[bits.length + 1];
        for (int wire = 0; wire < bits.length; wire++) {
            offsets[wire + 1] = offsets[wire] + bits[wire];
        }
        ElementShares out = ElementShares.zeros(PrimeField.FR, offsets[bits.length]);
        int group = 0;
        for (Map.Entry<Integer, List<Integer>> entry : byWidth().entrySet()) {
            ElementShares converted = groups.get(group++);
            int from = 0;
            for (int wire : entry.getValue()) {
                int length = entry.getKey() * Fr.WORDS;
                System.arraycopy(converted.own(), from, out.own(), offsets[wire] * Fr.WORDS, length);
                System.arraycopy(converted.next(), from, out.next(), offsets[wire] * Fr.WORDS, length);
                from += length;
            }
        }
        return out;
    }

    private Map<Integer, List<Integer>> byWidth() {
        Map<Integer, List<Integer>> out = new TreeMap<>();
        for (int wire = 0; wire < bits.length; wire++) {
            out.computeIfAbsent(bits[wire], any -> new ArrayList<>()).add(wire);
        }
        return out;
    }

    private static void copy(IntegerShares from, int at, IntegerShares out, int to) {
        System.arraycopy(from.own(), at * Int192.WORDS, out.own(), to * Int192.WORDS, Int192.WORDS);
        System.arraycopy(from.next(), at * Int192.WORDS, out.next(), to * Int192.WORDS, Int192.WORDS);
    }

    private static void copy(ElementShares from, int at, ElementShares out, int to) {
        System.arraycopy(from.own(), at * Fr.WORDS, out.own(), to * Fr.WORDS, Fr.WORDS);
        System.arraycopy(from.next(), at * Fr.WORDS, out.next(), to * Fr.WORDS, Fr.WORDS);
    }
}
