package io.veilflow.zk.rule;

import java.math.BigInteger;
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
        for (int node = 0; node < operations.size(); node++) {
            checkReferences(node, operations.get(node), roles, publicInputs);
        }
        names.clear();
        for (Output output : outputs) {
            checkUnique("output", output.name(), names);
            checkCount("node of output " + output.name(), output.node(), 0, operations.size() - 1);
            output.mask()
                    .ifPresent(mask -> checkCount("mask of output " + output.name(), mask, 0, operations.size() - 1));
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
                checkBounds(role.name() + "." + field.name(), field);
            }
            checkOwners(role);
            wires += (long) role.slots() * role.fields().size();
        }
        if (wires > RuleLimits.BOOK_WIRES_MAX) {
            throw malformed("book wires: " + wires + ", at most " + RuleLimits.BOOK_WIRES_MAX);
        }
    }

    /** -2^64 < minimum <= 0 <= maximum < 2^64, and not both zero. */
    private static void checkBounds(String name, InputField field) {
        boolean zeroInside = field.contains(BigInteger.ZERO);
        boolean small = field.minimum().abs().bitLength() <= RuleLimits.INPUT_BITS_MAX
                && field.maximum().bitLength() <= RuleLimits.INPUT_BITS_MAX;
        if (!zeroInside || !small || field.minimum().equals(field.maximum())) {
            throw malformed("bounds of field " + name + ": " + field.minimum() + " to " + field.maximum()
                    + ", not from -2^64 + 1 to 2^64 - 1 with zero inside and more than one value");
        }
    }

    /** Owners that no node asks for would make two rules of one. */
    static void checkOwnersNeeded(List<Role> roles, List<RuleNode> nodes) {
        for (int role = 0; role < roles.size(); role++) {
            if (roles.get(role).owners() > 0 && !isReadByOwner(role, nodes)) {
                throw malformed("role " + roles.get(role).name() + " has owners that no node asks for");
            }
        }
    }

    static boolean isReadByOwner(int role, List<RuleNode> nodes) {
        return nodes.stream().anyMatch(node -> node.shape().equals(Shape.perOwnerOf(role)));
    }

    private static void checkOwners(Role role) {
        if (role.ownerSlots().isEmpty()) {
            return;
        }
        long slots = 0;
        for (int owned : role.ownerSlots()) {
            checkCount("slots of an owner of role " + role.name(), owned, 1, RuleLimits.SLOTS_MAX);
            slots += owned;
        }
        if (slots != role.slots()) {
            throw malformed(
                    "the owners of role " + role.name() + " have " + slots + " slots, the role " + role.slots());
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
    private static void checkReferences(
            int node, NodeOperation operation, List<Role> roles, List<PublicInput> publicInputs) {
        String of = " of node n" + node;
        for (int operand : operation.operands()) {
            checkCount("operand" + of, operand, 0, node - 1);
        }
        if (operation instanceof NodeOperation.Add add) {
            checkCount("terms" + of, add.terms().size(), 2, RuleLimits.NODES_MAX);
        } else if (operation instanceof NodeOperation.SecretInput input) {
            checkRole(of, input.role(), roles);
            checkCount(
                    "field" + of,
                    input.field(),
                    0,
                    roles.get(input.role()).fields().size() - 1);
        } else if (operation instanceof NodeOperation.PublicValue input) {
            checkCount("public input" + of, input.input(), 0, publicInputs.size() - 1);
        } else if (operation instanceof NodeOperation.Used used) {
            checkRole(of, used.role(), roles);
        } else if (operation instanceof NodeOperation.Zip zip) {
            checkRole(of, zip.role(), roles);
        } else if (operation instanceof NodeOperation.Candidate candidate) {
            checkCount("bits" + of, candidate.bits(), 1, RuleLimits.CANDIDATE_BITS_MAX);
            checkCandidateShape(of, candidate.shape(), roles);
        }
    }

    private static void checkCandidateShape(String of, Shape shape, List<Role> roles) {
        if (!shape.isScalar()) {
            checkRole(of, shape.role(), roles);
        }
        if (shape.per() == Shape.Per.OWNER) {
            checkCount("owners" + of, roles.get(shape.role()).owners(), 1, RuleLimits.SLOTS_MAX);
        }
    }

    private static void checkRole(String of, int role, List<Role> roles) {
        checkCount("role" + of, role, 0, roles.size() - 1);
    }
}
