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
    public String sum(NodeOperation.Sum sum) {
        return "sum(" + operand(sum.terms()) + ")";
    }

    private String operand(int node) {
        return operations.get(node).accept(new OperandName(node));
    }

    /** Leaves by name, the rest by place. */
    private final class OperandName implements NodeOperation.Visitor<String> {
        private final int node;

        OperandName(int node) {
            this.node = node;
        }

        @Override
        public String secretInput(NodeOperation.SecretInput input) {
            return NodeNames.this.secretInput(input);
        }

        @Override
        public String publicInput(NodeOperation.PublicValue input) {
            return NodeNames.this.publicInput(input);
        }

        @Override
        public String constant(NodeOperation.Constant constant) {
            return NodeNames.this.constant(constant);
        }

        @Override
        public String add(NodeOperation.Add add) {
            return "n" + node;
        }

        @Override
        public String subtract(NodeOperation.Subtract subtract) {
            return "n" + node;
        }

        @Override
        public String multiply(NodeOperation.Multiply multiply) {
            return "n" + node;
        }

        @Override
        public String lessThan(NodeOperation.LessThan comparison) {
            return "n" + node;
        }

        @Override
        public String sum(NodeOperation.Sum sum) {
            return "n" + node;
        }
    }
}
