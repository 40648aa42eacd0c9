package io.veilflow.pipeline.evaluate;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.compare.AllOnes;
import io.veilflow.mpc.replicated.convert.BitsToField;
import io.veilflow.mpc.session.Session;
import io.veilflow.pipeline.shares.ShareScope;
import io.veilflow.zk.rule.NodeOperation;
import io.veilflow.zk.rule.RuleNode;
import java.util.ArrayList;
import java.util.List;

/**
 * All comparisons and equalities of one wave: their differences go to bits together (with whatever else waits in the {@link
 * Decomposition}), equalities are one AND tree, and all flags enter Fr in the same two rounds.
 */
final class ComparisonBatch {
    private static final class Entry {
        final Frame frame;
        final RuleNode node;
        final NodeValue difference;
        BitNumbers bits;

        Entry(Frame frame, RuleNode node, NodeValue difference) {
            this.frame = frame;
            this.node = node;
            this.difference = difference;
        }

        int width() {
            return node.comparisonWidth();
        }
    }

    private final List<Entry> less = new ArrayList<>();
    private final List<Entry> equal = new ArrayList<>();

    static boolean is(NodeOperation operation) {
        return operation instanceof NodeOperation.LessThan || operation instanceof NodeOperation.Equal;
    }

    /** @param frame knows the operands */
    void add(Frame frame, RuleNode node, LocalArithmetic local) {
        boolean compares = node.operation() instanceof NodeOperation.LessThan;
        List<Integer> operands = node.operation().operands();
        NodeValue difference = local.subtract(frame.value(operands.get(0)), frame.value(operands.get(1)));
        frame.scope().keep(difference::wipe);
        (compares ? less : equal).add(new Entry(frame, node, difference));
    }

    boolean isEmpty() {
        return less.isEmpty() && equal.isEmpty();
    }

    /** Messages at {@code path}. Every node has its value afterwards. */
    void run(Session session, String path, Decomposition waiting, ShareScope scope) {
        for (List<Entry> entries : List.of(less, equal)) {
            for (Entry entry : entries) {
                waiting.add(entry.difference, entry.width() + 1, bits -> entry.bits = bits);
            }
        }
        waiting.run(session, path, scope);
        List<BitShares> flags = new ArrayList<>();
        for (Entry entry : less) {
            flags.add(scope.keep(entry.bits.bit(entry.width())));
        }
        if (!equal.isEmpty()) {
            flags.add(scope.keep(zeroFlags(session, path + "/equal", scope)));
        }
        List<ElementShares> converted =
                new BitsToField(session.operation(path + "/flags"), PrimeField.FR).convert(flags);
        converted.forEach(scope::keep);
        for (int k = 0; k < less.size(); k++) {
            Entry entry = less.get(k);
            BitNumbers slack = entry.bits.slack(entry.width());
            scope.keep(slack::wipe);
            entry.frame.taker().range(entry.node, slack);
            finish(entry, converted.get(k).slice(0, entry.bits.count()));
        }
        int from = 0;
        for (Entry entry : equal) {
            int count = entry.bits.count();
            finish(entry, converted.get(less.size()).slice(from, count));
            from += count;
        }
    }

    private static void finish(Entry entry, ElementShares flags) {
        entry.frame.taker().flags(entry.node, flags);
        entry.frame.put(entry.node, new FieldValue(flags));
    }

    /** A difference is zero if all its bits are. One plane over the values of all equalities. */
    private BitShares zeroFlags(Session session, String path, ShareScope scope) {
        int count = 0;
        int width = 0;
        for (Entry entry : equal) {
            count += entry.bits.count();
            width = Math.max(width, entry.width() + 1);
        }
        BitNumbers all = BitNumbers.zeros(count);
        scope.keep(all::wipe);
        int at = 0;
        for (Entry entry : equal) {
            BitNumbers lowest = entry.bits.lowest(entry.width() + 1);
            scope.keep(lowest::wipe);
            all.put(at, lowest);
            at += lowest.count();
        }
        BitShares bits = scope.keep(all.planes(width));
        return new AllOnes(session.operation(path)).reduce(scope.keep(bits.not(session.self())));
    }
}
