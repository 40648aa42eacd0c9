package io.veilflow.zk.rule;

import java.util.List;

/** Which shapes go together, and how many values they have. */
final class Shapes {
    private final List<Role> roles;
    private final NodeNames names;

    Shapes(List<Role> roles, NodeNames names) {
        this.roles = roles;
        this.names = names;
    }

    /** One, or the slots or owners of a role. */
    static int values(Shape shape, List<Role> roles) {
        return switch (shape.per()) {
            case RULE -> 1;
            case SLOT -> roles.get(shape.role()).slots();
            case OWNER -> roles.get(shape.role()).owners();
        };
    }

    /** A scalar goes with everything, anything else only with its own shape. */
    Shape common(Shape left, Shape right, int node) {
        if (left.isScalar()) {
            return right;
        }
        if (right.isScalar() || left.equals(right)) {
            return left;
        }
        throw new RuleException(
                RuleException.Reason.ROLES_MIXED,
                names.named(node) + " mixes " + names.named(left) + " and " + names.named(right));
    }

    int sumTerms(Shape terms, int node) {
        if (terms.isScalar()) {
            throw new RuleException(
                    RuleException.Reason.SUM_OF_SCALAR, names.named(node) + " sums a value that is not per slot");
        }
        return values(terms, roles);
    }

    Role withOwners(Shape terms, int node) {
        Role role = perSlot(terms, node);
        if (role.owners() == 0) {
            throw wrong(node, "the role " + role.name() + " has no owners");
        }
        return role;
    }

    Shape zipped(Shape operand, int target, int node) {
        int slots = perSlot(operand, node).slots();
        int others = roles.get(target).slots();
        if (slots != others) {
            throw wrong(node, slots + " slots cannot be read as " + others);
        }
        return Shape.perSlotOf(target);
    }

    void oneSlot(Shape operand, int node) {
        int slots = perSlot(operand, node).slots();
        if (slots != 1) {
            throw wrong(node, "only the value of a role with one slot can be read by all, not of " + slots);
        }
    }

    void conditionOf(Shape candidate, Shape condition, int node) {
        if (!candidate.equals(condition)) {
            throw wrong(
                    node,
                    "the condition has a value for " + names.named(condition) + ", the candidate for "
                            + names.named(candidate));
        }
    }

    private Role perSlot(Shape shape, int node) {
        if (shape.per() != Shape.Per.SLOT) {
            throw wrong(node, names.named(shape) + " where a value per slot is needed");
        }
        return roles.get(shape.role());
    }

    private RuleException wrong(int node, String message) {
        return new RuleException(RuleException.Reason.WRONG_SHAPE, names.named(node) + ": " + message);
    }
}
