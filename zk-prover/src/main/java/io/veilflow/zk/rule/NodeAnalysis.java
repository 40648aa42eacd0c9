package io.veilflow.zk.rule;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Gives every node shape, kind, interval and comparison width, in program order, and refuses what has none. */
final class NodeAnalysis implements NodeOperation.Visitor<RuleNode> {
    private static final Interval BIT = Interval.ofBits(1);

    private final List<Role> roles;
    private final List<PublicInput> publicInputs;
    private final NodeNames names;
    private final List<RuleNode> nodes = new ArrayList<>();

    private NodeAnalysis(List<Role> roles, List<PublicInput> publicInputs, NodeNames names) {
        this.roles = roles;
        this.publicInputs = publicInputs;
        this.names = names;
    }

    static List<RuleNode> of(List<Role> roles, List<PublicInput> publicInputs, List<NodeOperation> operations) {
        NodeAnalysis analysis = new NodeAnalysis(roles, publicInputs, new NodeNames(roles, publicInputs, operations));
        for (NodeOperation operation : operations) {
            RuleNode node = operation.accept(analysis);
            analysis.checkFieldBound(node);
            analysis.nodes.add(node);
        }
        return List.copyOf(analysis.nodes);
    }

    @Override
    public RuleNode secretInput(NodeOperation.SecretInput input) {
        int bits = roles.get(input.role()).fields().get(input.field()).bits();
        return node(input, Shape.perSlotOf(input.role()), NodeKind.LINEAR, Interval.ofBits(bits));
    }

    @Override
    public RuleNode publicInput(NodeOperation.PublicValue input) {
        int bits = publicInputs.get(input.input()).bits();
        return node(input, Shape.SCALAR, NodeKind.PUBLIC, Interval.ofBits(bits));
    }

    @Override
    public RuleNode constant(NodeOperation.Constant constant) {
        return node(constant, Shape.SCALAR, NodeKind.PUBLIC, Interval.of(constant.value()));
    }

    @Override
    public RuleNode add(NodeOperation.Add add) {
        RuleNode first = nodes.get(add.terms().get(0));
        Shape shape = first.shape();
        NodeKind kind = first.kind();
        Interval interval = first.interval();
        for (int term : add.terms().subList(1, add.terms().size())) {
            RuleNode next = nodes.get(term);
            shape = common(shape, next.shape());
            kind = kind.with(next.kind());
            interval = interval.plus(next.interval());
        }
        return node(add, shape, kind, interval);
    }

    @Override
    public RuleNode subtract(NodeOperation.Subtract subtract) {
        RuleNode left = nodes.get(subtract.left());
        RuleNode right = nodes.get(subtract.right());
        Interval interval = left.interval().minus(right.interval());
        return node(subtract, common(left.shape(), right.shape()), left.kind().with(right.kind()), interval);
    }

    @Override
    public RuleNode multiply(NodeOperation.Multiply multiply) {
        RuleNode left = nodes.get(multiply.left());
        RuleNode right = nodes.get(multiply.right());
        boolean bothSecret = left.kind() != NodeKind.PUBLIC && right.kind() != NodeKind.PUBLIC;
        NodeKind kind = bothSecret ? NodeKind.FIELD : left.kind().with(right.kind());
        Interval interval = left.interval().times(right.interval());
        return node(multiply, common(left.shape(), right.shape()), kind, interval);
    }

    @Override
    public RuleNode lessThan(NodeOperation.LessThan comparison) {
        RuleNode left = nodes.get(comparison.left());
        RuleNode right = nodes.get(comparison.right());
        if (left.kind() == NodeKind.PUBLIC && right.kind() == NodeKind.PUBLIC) {
            throw new RuleException(
                    RuleException.Reason.PUBLIC_COMPARISON, here() + " compares two values that everybody knows");
        }
        int width = left.interval().minus(right.interval()).signedWidth();
        if (width > RuleLimits.COMPARISON_WIDTH_MAX) {
            throw new RuleException(
                    RuleException.Reason.COMPARISON_WIDTH,
                    here() + " needs " + width + " bits, at most " + RuleLimits.COMPARISON_WIDTH_MAX + " are allowed");
        }
        Shape shape = common(left.shape(), right.shape());
        return new RuleNode(nodes.size(), comparison, shape, NodeKind.FIELD, BIT, width);
    }

    @Override
    public RuleNode sum(NodeOperation.Sum sum) {
        RuleNode terms = nodes.get(sum.terms());
        if (terms.shape().isScalar()) {
            throw new RuleException(RuleException.Reason.SUM_OF_SCALAR, here() + " sums a value that is not per slot");
        }
        int slots = roles.get(terms.shape().role()).slots();
        return node(sum, Shape.SCALAR, terms.kind(), terms.interval().times(slots));
    }

    private RuleNode node(NodeOperation operation, Shape shape, NodeKind kind, Interval interval) {
        return new RuleNode(nodes.size(), operation, shape, kind, interval, 0);
    }

    private Shape common(Shape left, Shape right) {
        if (left.isScalar()) {
            return right;
        }
        if (right.isScalar() || left.equals(right)) {
            return left;
        }
        throw new RuleException(
                RuleException.Reason.ROLES_MIXED,
                here() + " mixes the slots of " + roles.get(left.role()).name() + " and "
                        + roles.get(right.role()).name());
    }

    private void checkFieldBound(RuleNode node) {
        BigInteger magnitude = node.interval().largestMagnitude();
        if (magnitude.bitLength() > RuleLimits.FIELD_BOUND_BITS) {
            throw new RuleException(
                    RuleException.Reason.FIELD_BOUND,
                    here() + " reaches " + magnitude.bitLength() + " bits, the bound is 2^"
                            + RuleLimits.FIELD_BOUND_BITS);
        }
    }

    private String here() {
        return names.named(nodes.size());
    }
}
