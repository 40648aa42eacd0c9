package io.veilflow.zk.rule;

/**
 * One value, one value per slot of one role, or one per owner of one role.
 *
 * @param role index of the role; -1 for a scalar
 */
public record Shape(Per per, int role) {
    private static final int NO_ROLE = -1;

    public static final Shape SCALAR = new Shape(Per.RULE, NO_ROLE);

    /** What there is one value of. */
    public enum Per {
        RULE,
        SLOT,
        OWNER
    }

    public Shape {
        if (role < NO_ROLE || (role == NO_ROLE) != (per == Per.RULE)) {
            throw new IllegalArgumentException("one value per " + per + " of role " + role);
        }
    }

    public static Shape perSlotOf(int role) {
        return new Shape(Per.SLOT, role);
    }

    public static Shape perOwnerOf(int role) {
        return new Shape(Per.OWNER, role);
    }

    public boolean isScalar() {
        return per == Per.RULE;
    }

    /** As a candidate carries it: 0, 2k + 1 per slot of role k, 2k + 2 per owner of role k. */
    int code() {
        return switch (per) {
            case RULE -> 0;
            case SLOT -> 2 * role + 1;
            case OWNER -> 2 * role + 2;
        };
    }

    /** @param code not negative */
    static Shape ofCode(int code) {
        if (code == 0) {
            return SCALAR;
        }
        return code % 2 == 1 ? perSlotOf((code - 1) / 2) : perOwnerOf((code - 2) / 2);
    }
}
