package io.veilflow.pipeline.evaluate;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.IntegerShares;
import io.veilflow.mpc.replicated.convert.FieldToIntegers;
import io.veilflow.mpc.replicated.convert.IntegerToBits;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.Session;
import io.veilflow.pipeline.shares.ShareScope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Signed values on their way to bits, in as few vectors as pays. All values over Fr are opened under masks together, at the largest
 * of their widths (PROTOCOLS 4.9); they are integer components then, as sums of inputs are from the start. Values of all widths
 * that are close enough go through one adder (4.6): a round costs more than some ANDs of sign bits.
 */
final class Decomposition {
    /** ANDs that take about as long as the dozen rounds of an adder of its own. */
    private static final long ANDS_FOR_A_GROUP = 1 << 17;

    /** ANDs of one bit of a sum in the tree adder, about. */
    private static final int ANDS_A_BIT = 7;

    /** Either integers or elements. */
    private record Entry(IntegerShares integers, ElementShares elements, int width, Consumer<BitNumbers> receiver) {
        int count() {
            return integers != null ? integers.count() : elements.count();
        }
    }

    private final List<Entry> linear = new ArrayList<>();
    private final List<Entry> field = new ArrayList<>();

    /**
     * @param value stays the caller's
     * @param width bits of the two's complement: the value lies in [-2^(width-1), 2^(width-1))
     * @param receiver takes a number a value, right in the lowest {@code width} bits; stays this step's
     */
    void add(NodeValue value, int width, Consumer<BitNumbers> receiver) {
        if (value instanceof LinearValue sum) {
            add(sum.integers(), width, receiver);
        } else if (value instanceof FieldValue element) {
            field.add(new Entry(null, element.elements(), width, receiver));
        } else {
            throw new IllegalArgumentException("a public value needs no messages");
        }
    }

    /** The same for integers, of which any lowest bits will do. */
    void add(IntegerShares integers, int width, Consumer<BitNumbers> receiver) {
        linear.add(new Entry(integers, null, width, receiver));
    }

    boolean isEmpty() {
        return linear.isEmpty() && field.isEmpty();
    }

    /** Messages at {@code path}; afterwards all receivers have been called and nothing is left. */
    void run(Session session, String path, ShareScope scope) {
        List<Entry> entries = new ArrayList<>(linear);
        List<IntegerShares> integers = new ArrayList<>();
        for (Entry entry : linear) {
            integers.add(entry.integers);
        }
        if (!field.isEmpty()) {
            entries.addAll(field);
            integers.addAll(fromField(session.operation(path + "/integers"), scope));
        }
        linear.clear();
        field.clear();
        adders(session, path, entries, integers, scope);
    }

    private List<IntegerShares> fromField(Operation operation, ShareScope scope) {
        List<ElementShares> elements = new ArrayList<>();
        int width = 0;
        for (Entry entry : field) {
            elements.add(entry.elements);
            width = Math.max(width, entry.width);
        }
        ElementShares all = scope.keep(ElementShares.concat(PrimeField.FR, elements));
        IntegerShares components = scope.keep(new FieldToIntegers(operation).convert(all, width));
        List<IntegerShares> out = new ArrayList<>();
        int from = 0;
        for (ElementShares one : elements) {
            out.add(scope.keep(components.slice(from, one.count())));
            from += one.count();
        }
        return out;
    }

    private static void adders(
            Session session, String path, List<Entry> entries, List<IntegerShares> integers, ShareScope scope) {
        List<Integer> order = new ArrayList<>();
        for (int k = 0; k < entries.size(); k++) {
            order.add(k);
        }
        order.sort(Comparator.comparing((Integer k) -> entries.get(k).width).reversed());
        int from = 0;
        while (from < order.size()) {
            int width = entries.get(order.get(from)).width;
            int to = groupEnd(order, from, entries);
            List<Integer> group = order.subList(from, to);
            IntegerShares vector = scope.keep(
                    IntegerShares.concat(group.stream().map(integers::get).toList()));
            Operation operation = session.operation(path + "/bits-" + width);
            BitNumbers numbers = BitNumbers.ofPlanes(
                    scope.keep(IntegerToBits.forLanes(operation, vector.count()).all(vector, width)));
            scope.keep(numbers::wipe);
            int at = 0;
            for (int k : group) {
                int count = integers.get(k).count();
                BitNumbers mine = numbers.slice(at, count);
                scope.keep(mine::wipe);
                entries.get(k).receiver.accept(mine);
                at += count;
            }
            from = to;
        }
    }

    /** The first place after {@code from}, in descending width, whose values are better off in an adder of their own. */
    private static int groupEnd(List<Integer> order, int from, List<Entry> entries) {
        int width = entries.get(order.get(from)).width;
        long extra = 0;
        int to = from + 1;
        while (to < order.size()) {
            Entry entry = entries.get(order.get(to));
            extra += (long) ANDS_A_BIT * (width - entry.width) * entry.count();
            if (extra > ANDS_FOR_A_GROUP) {
                break;
            }
            to++;
        }
        return to;
    }
}
