package io.veilflow.zk.rule;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Names, counts and references of a program, checked before anything is computed from it. */
final class RuleForm {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");

    private RuleForm() {}

    static void check(
            String name,
            List<Role> roles,
            List<PublicInput> publicInputs,
            List<NodeOperation> operations,
            List<Output> outputs) {
        checkName("rule", name);
        checkCount("roles", roles.size(), 1, 64);
        checkCount("public inputs", publicInputs.size(), 0, 4096);
        checkCount("nodes", operations.size(), 1, RuleLimits.NODES_MAX);
        checkCount("outputs", outputs.size(), 1, RuleLimits.OUTPUT_BITS_MAX);
        checkRoles(roles);
        Set<String> names = new HashSet<>();
        for (PublicInput input : publicInputs) {
            checkUnique("public input", input.name(), names);
            checkCount("bits of public input " + input.name(), input.bits(), 1, RuleLimits.FIELD_BOUND_BITS);
        }
        References references = new References(roles, publicInputs);
        for (NodeOperation operation : operations) {
            operation.accept(references);
            references.earlier++;
        }
        names.clear();
        for (Output output : outputs) {
            checkUnique("output", output.name(), names);
            checkCount("node of output " + output.name(), output.node(), 0, operations.size() - 1);
        }
    }

    private static void checkRoles(List<Role> roles) {
        Set<String> roleNames = new HashSet<>();
        long wires = 0;
        for (Role role : roles) {
            checkUnique("role", role.name(), roleNames);
            checkCount("slots of role " + role.name(), role.slots(), 1, RuleLimits.SLOTS_MAX);
            checkCount("fields of role " + role.name(), role.fields().size(), 1, 1024);
            Set<String> fieldNames = new HashSet<>();
            for (InputField field : role.fields()) {
                checkUnique("field of role " + role.name(), field.name(), fieldNames);
                checkCount("bits of field " + field.name(), field.bits(), 1, RuleLimits.INPUT_BITS_MAX);
            }
            wires += (long) role.slots() * role.fields().size();
        }
        if (wires > RuleLimits.BOOK_WIRES_MAX) {
            throw malformed("book wires: " + wires + ", at most " + RuleLimits.BOOK_WIRES_MAX);
        }
    }

    private static void checkUnique(String what, String name, Set<String> seen) {
        checkName(what, name);
        if (!seen.add(name)) {
            throw malformed("the name of " + what + " " + name + " stands twice");
        }
    }

    private static void checkName(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw malformed("the name of " + what + " is not of the form " + NAME.pattern());
        }
    }

    private static void checkCount(String what, int count, int min, int max) {
        if (count < min || count > max) {
            throw malformed(what + ": " + count + ", not from " + min + " to " + max);
        }
    }

    private static RuleException malformed(String message) {
        return new RuleException(RuleException.Reason.MALFORMED, message);
    }

    /** Every operand is an earlier node, every input a declared one. */
    private static final class References implements NodeOperation.Visitor<Void> {
        private final List<Role> roles;
        private final List<PublicInput> publicInputs;
        private int earlier;

        References(List<Role> roles, List<PublicInput> publicInputs) {
            this.roles = roles;
            this.publicInputs = publicInputs;
        }

        @Override
        public Void secretInput(NodeOperation.SecretInput input) {
            checkCount("role of node n" + earlier, input.role(), 0, roles.size() - 1);
            int fields = roles.get(input.role()).fields().size();
            checkCount("field of node n" + earlier, input.field(), 0, fields - 1);
            return null;
        }

        @Override
        public Void publicInput(NodeOperation.PublicValue input) {
            checkCount("public input of node n" + earlier, input.input(), 0, publicInputs.size() - 1);
            return null;
        }

        @Override
        public Void constant(NodeOperation.Constant constant) {
            return null;
        }

        @Override
        public Void add(NodeOperation.Add add) {
            checkCount("terms of node n" + earlier, add.terms().size(), 2, RuleLimits.NODES_MAX);
            add.terms().forEach(this::operand);
            return null;
        }

        @Override
        public Void subtract(NodeOperation.Subtract subtract) {
            operand(subtract.left());
            operand(subtract.right());
            return null;
        }

        @Override
        public Void multiply(NodeOperation.Multiply multiply) {
            operand(multiply.left());
            operand(multiply.right());
            return null;
        }

        @Override
        public Void lessThan(NodeOperation.LessThan comparison) {
            operand(comparison.left());
            operand(comparison.right());
            return null;
        }

        @Override
        public Void sum(NodeOperation.Sum sum) {
            operand(sum.terms());
            return null;
        }

        private void operand(int node) {
            checkCount("operand of node n" + earlier, node, 0, earlier - 1);
        }
    }
}
