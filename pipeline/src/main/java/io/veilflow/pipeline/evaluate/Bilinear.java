package io.veilflow.pipeline.evaluate;

import io.veilflow.zk.rule.NodeKind;
import io.veilflow.zk.rule.NodeOperation;
import java.util.function.UnaryOperator;

/**
 * A node as one product and what is local about it: x*y, a and b = ab, a or b = a + b - ab, c ? x : y = y + c*(x - y).
 *
 * @param finish from the product to the node's value
 */
record Bilinear(NodeValue left, NodeValue right, UnaryOperator<NodeValue> finish) {
    /** Whether a node of this operation has a product at all. */
    static boolean is(NodeOperation operation) {
        return operation instanceof NodeOperation.Multiply
                || operation instanceof NodeOperation.Both
                || operation instanceof NodeOperation.Either
                || operation instanceof NodeOperation.Select;
    }

    /** @param frame knows the operands; wipes what is made here */
    static Bilinear of(NodeOperation operation, Frame frame, LocalArithmetic local) {
        if (operation instanceof NodeOperation.Multiply multiply) {
            return new Bilinear(frame.value(multiply.left()), frame.value(multiply.right()), product -> product);
        }
        if (operation instanceof NodeOperation.Both both) {
            return new Bilinear(frame.value(both.left()), frame.value(both.right()), product -> product);
        }
        if (operation instanceof NodeOperation.Either either) {
            NodeValue left = frame.value(either.left());
            NodeValue right = frame.value(either.right());
            return new Bilinear(left, right, product -> local.subtract(local.add(left, right), product));
        }
        NodeOperation.Select select = (NodeOperation.Select) operation;
        NodeValue otherwise = frame.value(select.otherwise());
        NodeValue difference = local.subtract(frame.value(select.chosen()), otherwise);
        frame.scope().keep(difference::wipe);
        return new Bilinear(frame.value(select.condition()), difference, product -> local.add(otherwise, product));
    }

    /** Both factors are secret: the product needs a message. */
    boolean isSecret() {
        return left.kind() != NodeKind.PUBLIC && right.kind() != NodeKind.PUBLIC;
    }

    int size() {
        return Math.max(left.size(), right.size());
    }
}
