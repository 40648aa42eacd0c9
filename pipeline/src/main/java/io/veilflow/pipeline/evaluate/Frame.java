package io.veilflow.pipeline.evaluate;

import io.veilflow.pipeline.shares.ShareScope;
import io.veilflow.zk.rule.RuleNode;
import java.util.ArrayList;
import java.util.List;

/**
 * One computation of some nodes of a rule: the whole program, or what hangs on a candidate, at one value of it. Frames that are computed
 * together share their messages.
 */
final class Frame {
    private final NodeValue[] values;
    private final List<RuleNode> missing;
    private final AdviceTaker taker;
    private final ShareScope scope;

    /**
     * @param values of the nodes that are known already, the rest null; taken over
     * @param nodes to compute, ascending
     */
    Frame(NodeValue[] values, List<RuleNode> nodes, AdviceTaker taker, ShareScope scope) {
        this.values = values;
        this.missing = new ArrayList<>(nodes);
        this.taker = taker;
        this.scope = scope;
    }

    /** Of a known node. */
    NodeValue value(int node) {
        if (values[node] == null) {
            throw new IllegalStateException("node " + node + " is not known yet");
        }
        return values[node];
    }

    boolean isKnown(int node) {
        return values[node] != null;
    }

    /** What is known, for a frame that goes on from here. */
    NodeValue[] known() {
        return values.clone();
    }

    void put(RuleNode node, NodeValue value) {
        scope.keep(value::wipe);
        values[node.index()] = value;
        missing.remove(node);
    }

    /** Nodes whose operands are known, ascending. A copy: putting a value does not change it. */
    List<RuleNode> ready() {
        return missing.stream().filter(this::isReady).toList();
    }

    boolean isReady(RuleNode node) {
        return node.operation().operands().stream().allMatch(operand -> values[operand] != null);
    }

    /** Nodes that are not known. */
    List<RuleNode> missing() {
        return List.copyOf(missing);
    }

    AdviceTaker taker() {
        return taker;
    }

    ShareScope scope() {
        return scope;
    }
}
