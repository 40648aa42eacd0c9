package io.veilflow.zk.rule;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Gives every node shape, kind, interval, comparison width and candidate, in program order, and refuses what has none
 * (docs/wire.md section 3).
 */
final class NodeAnalysis implements NodeOperation.Visitor<RuleNode> {
    private static final Interval BIT = Interval.ofBits(1);

    private final List<Role> roles;
    private final List<PublicInput> publicInputs;
    private final NodeNames names;
    private final Shapes shapes;
    private final CandidateScope candidates;
    private final List<RuleNode> nodes = new ArrayList<>();

    private NodeAnalysis(List<Role> roles, List<PublicInput> publicInputs, NodeNames names) {
        this.roles = roles;
        this.publicInputs = publicInputs;
        this.names = names;
        this.shapes = new Shapes(roles, names);
        this.candidates = new CandidateScope(roles, names);
    }

    static List<RuleNode> of(List<Role> roles, List<PublicInput> publicInputs, List<NodeOperation> operations) {
        NodeAnalysis analysis = new NodeAnalysis(roles, publicInputs, new NodeNames(roles, publicInputs, operations));
        for (NodeOperation operation : operations) {
            RuleNode node = operation.accept(analysis);
            analysis.checkFieldBound(node);
            analysis.nodes.add(node);
        }
        analysis.candidates.complete();
        return List.copyOf(analysis.nodes);
    }

    @Override
    public RuleNode secretInput(NodeOperation.SecretInput input) {
        InputField field = roles.get(input.role()).fields().get(input.field());
        Interval interval = new Interval(field.minimum(), field.maximum());
        return node(input, Shape.perSlotOf(input.role()), NodeKind.LINEAR, interval);
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
    public RuleNode used(NodeOperation.Used used) {
        return node(used, Shape.perSlotOf(used.role()), NodeKind.PUBLIC, BIT);
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
        Interval interval = left.interval().times(right.interval());
        return node(multiply, common(left.shape(), right.shape()), left.kind().times(right.kind()), interval);
    }

    @Override
    public RuleNode lessThan(NodeOperation.LessThan comparison) {
        return comparison(comparison, nodes.get(comparison.left()), nodes.get(comparison.right()));
    }

    @Override
    public RuleNode equal(NodeOperation.Equal comparison) {
        return comparison(comparison, nodes.get(comparison.left()), nodes.get(comparison.right()));
    }

    @Override
    public RuleNode both(NodeOperation.Both both) {
        return logic(both, bit(both.left()), bit(both.right()));
    }

    @Override
    public RuleNode either(NodeOperation.Either either) {
        return logic(either, bit(either.left()), bit(either.right()));
    }

    @Override
    public RuleNode not(NodeOperation.Not not) {
        RuleNode operand = bit(not.operand());
        return node(not, operand.shape(), operand.kind(), BIT);
    }

    @Override
    public RuleNode select(NodeOperation.Select select) {
        RuleNode condition = bit(select.condition());
        RuleNode chosen = nodes.get(select.chosen());
        RuleNode otherwise = nodes.get(select.otherwise());
        Shape shape = common(condition.shape(), common(chosen.shape(), otherwise.shape()));
        NodeKind difference = chosen.kind().with(otherwise.kind());
        Interval hull = chosen.interval().hull(otherwise.interval());
        return node(select, shape, condition.kind().times(difference).with(difference), hull);
    }

    @Override
    public RuleNode sum(NodeOperation.Sum sum) {
        RuleNode terms = nodes.get(sum.terms());
        int count = shapes.sumTerms(terms.shape(), nodes.size());
        return node(sum, Shape.SCALAR, terms.kind(), terms.interval().times(count));
    }

    @Override
    public RuleNode sumByOwner(NodeOperation.SumByOwner sum) {
        RuleNode terms = nodes.get(sum.terms());
        Role role = shapes.withOwners(terms.shape(), nodes.size());
        Shape shape = Shape.perOwnerOf(terms.shape().role());
        // where zero is outside the interval, few slots reach further on one side than many
        Interval fewest = terms.interval().times(Collections.min(role.ownerSlots()));
        Interval most = terms.interval().times(Collections.max(role.ownerSlots()));
        return node(sum, shape, terms.kind(), fewest.hull(most));
    }

    @Override
    public RuleNode zip(NodeOperation.Zip zip) {
        RuleNode operand = nodes.get(zip.operand());
        Shape shape = shapes.zipped(operand.shape(), zip.role(), nodes.size());
        return node(zip, shape, operand.kind(), operand.interval());
    }

    @Override
    public RuleNode broadcast(NodeOperation.Broadcast broadcast) {
        RuleNode operand = nodes.get(broadcast.operand());
        shapes.oneSlot(operand.shape(), nodes.size());
        return node(broadcast, Shape.SCALAR, operand.kind(), operand.interval());
    }

    /** The interval holds h + 1 as well. */
    @Override
    public RuleNode candidate(NodeOperation.Candidate candidate) {
        Interval interval = new Interval(BigInteger.ZERO, BigInteger.ONE.shiftLeft(candidate.bits()));
        return node(candidate, candidate.shape(), NodeKind.FIELD, interval);
    }

    @Override
    public RuleNode greatest(NodeOperation.Greatest greatest) {
        RuleNode condition = bit(greatest.condition());
        if (!(nodes.get(greatest.candidate()).operation() instanceof NodeOperation.Candidate candidate)) {
            throw new RuleException(
                    RuleException.Reason.CANDIDATE, here() + ": n" + greatest.candidate() + " is no candidate");
        }
        shapes.conditionOf(candidate.shape(), condition.shape(), nodes.size());
        return node(greatest, candidate.shape(), NodeKind.FIELD, Interval.ofBits(candidate.bits()));
    }

    private RuleNode comparison(NodeOperation operation, RuleNode left, RuleNode right) {
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
        return node(operation, common(left.shape(), right.shape()), NodeKind.FIELD, BIT, width);
    }

    private RuleNode logic(NodeOperation operation, RuleNode left, RuleNode right) {
        return node(operation, common(left.shape(), right.shape()), left.kind().times(right.kind()), BIT);
    }

    private RuleNode bit(int operand) {
        RuleNode node = nodes.get(operand);
        if (!BIT.contains(node.interval().min())
                || !BIT.contains(node.interval().max())) {
            throw new RuleException(
                    RuleException.Reason.NOT_A_BIT,
                    here() + " takes bits, and n" + operand + " reaches " + node.interval());
        }
        return node;
    }

    private RuleNode node(NodeOperation operation, Shape shape, NodeKind kind, Interval interval) {
        return node(operation, shape, kind, interval, 0);
    }

    private RuleNode node(NodeOperation operation, Shape shape, NodeKind kind, Interval interval, int width) {
        int index = nodes.size();
        return new RuleNode(index, operation, shape, kind, interval, width, candidates.of(index, operation, nodes));
    }

    private Shape common(Shape left, Shape right) {
        return shapes.common(left, right, nodes.size());
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
