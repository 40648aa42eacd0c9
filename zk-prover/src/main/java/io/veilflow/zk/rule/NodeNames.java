package io.veilflow.zk.rule;

import java.util.List;
import java.util.stream.Collectors;

/** A node as text: inputs and constants by name, everything else as an operation on n0, n1, ... */
final class NodeNames implements NodeOperation.Visitor<String> {
    private final List<Role> roles;
    private final List<PublicInput> publicInputs;
    private final List<NodeOperation> operations;

    NodeNames(List<Role> roles, List<PublicInput> publicInputs, List<NodeOperation> operations) {
        this.roles = roles;
        this.publicInputs = publicInputs;
        this.operations = operations;
    }

    String definition(int node) {
        return operations.get(node).accept(this);
    }

    /** As it stands in errors: place and definition. */
    String named(int node) {
        return "node n" + node + " = " + definition(node);
    }

    /** "the slots of lender", "the owners of lender", "a scalar". */
    String named(Shape shape) {
        return switch (shape.per()) {
            case RULE -> "a scalar";
            case SLOT -> "the slots of " + roles.get(shape.role()).name();
            case OWNER -> "the owners of " + roles.get(shape.role()).name();
        };
    }

    @Override
    public String secretInput(NodeOperation.SecretInput input) {
        Role role = roles.get(input.role());
        return role.name() + "." + role.fields().get(input.field()).name();
    }

    @Override
    public String publicInput(NodeOperation.PublicValue input) {
        return publicInputs.get(input.input()).name();
    }

    @Override
    public String constant(NodeOperation.Constant constant) {
        return constant.value().toString();
    }

    @Override
    public String used(NodeOperation.Used used) {
        return roles.get(used.role()).name() + ".used";
    }

    @Override
    public String add(NodeOperation.Add add) {
        return add.terms().stream().map(this::operand).collect(Collectors.joining(" + "));
    }

    @Override
    public String subtract(NodeOperation.Subtract subtract) {
        return operand(subtract.left()) + " - " + operand(subtract.right());
    }

    @Override
    public String multiply(NodeOperation.Multiply multiply) {
        return operand(multiply.left()) + " * " + operand(multiply.right());
    }

    @Override
    public String lessThan(NodeOperation.LessThan comparison) {
        return operand(comparison.left()) + " < " + operand(comparison.right());
    }

    @Override
    public String equal(NodeOperation.Equal comparison) {
        return operand(comparison.left()) + " == " + operand(comparison.right());
    }

    @Override
    public String both(NodeOperation.Both both) {
        return operand(both.left()) + " and " + operand(both.right());
    }

    @Override
    public String either(NodeOperation.Either either) {
        return operand(either.left()) + " or " + operand(either.right());
    }

    @Override
    public String not(NodeOperation.Not not) {
        return "not " + operand(not.operand());
    }

    @Override
    public String select(NodeOperation.Select select) {
        return "if " + operand(select.condition()) + " then " + operand(select.chosen()) + " else "
                + operand(select.otherwise());
    }

    @Override
    public String sum(NodeOperation.Sum sum) {
        return "sum(" + operand(sum.terms()) + ")";
    }

    @Override
    public String sumByOwner(NodeOperation.SumByOwner sum) {
        return "sum by owner(" + operand(sum.terms()) + ")";
    }

    @Override
    public String zip(NodeOperation.Zip zip) {
        return operand(zip.operand()) + " as " + roles.get(zip.role()).name();
    }

    @Override
    public String broadcast(NodeOperation.Broadcast broadcast) {
        return "the one " + operand(broadcast.operand());
    }

    @Override
    public String candidate(NodeOperation.Candidate candidate) {
        return "candidate of " + candidate.bits() + " bits";
    }

    @Override
    public String greatest(NodeOperation.Greatest greatest) {
        return "greatest " + operand(greatest.candidate()) + " with " + operand(greatest.condition());
    }

    /** Inputs and constants by name, the rest by place. */
    private String operand(int node) {
        NodeOperation operation = operations.get(node);
        boolean leaf = operation.operands().isEmpty() && !(operation instanceof NodeOperation.Candidate);
        return leaf ? definition(node) : "n" + node;
    }
}
