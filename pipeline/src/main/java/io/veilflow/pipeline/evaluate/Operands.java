package io.veilflow.pipeline.evaluate;

import io.veilflow.zk.rule.NodeOperation;
import java.util.List;

/** The nodes that a node reads. */
final class Operands implements NodeOperation.Visitor<List<Integer>> {
    @Override
    public List<Integer> secretInput(NodeOperation.SecretInput input) {
        return List.of();
    }

    @Override
    public List<Integer> publicInput(NodeOperation.PublicValue input) {
        return List.of();
    }

    @Override
    public List<Integer> constant(NodeOperation.Constant constant) {
        return List.of();
    }

    @Override
    public List<Integer> add(NodeOperation.Add add) {
        return add.terms();
    }

    @Override
    public List<Integer> subtract(NodeOperation.Subtract subtract) {
        return List.of(subtract.left(), subtract.right());
    }

    @Override
    public List<Integer> multiply(NodeOperation.Multiply multiply) {
        return List.of(multiply.left(), multiply.right());
    }

    @Override
    public List<Integer> lessThan(NodeOperation.LessThan comparison) {
        return List.of(comparison.left(), comparison.right());
    }

    @Override
    public List<Integer> sum(NodeOperation.Sum sum) {
        return List.of(sum.terms());
    }
}
