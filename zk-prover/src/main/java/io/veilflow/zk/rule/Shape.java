package io.veilflow.zk.rule;

/** One value, or one value per slot of one role. */
public record Shape(int role) {
    private static final int NO_ROLE = -1;

    public static final Shape SCALAR = new Shape(NO_ROLE);

    public Shape {
        if (role < NO_ROLE) {
            throw new IllegalArgumentException("role " + role);
        }
    }

    public static Shape perSlotOf(int role) {
        if (role < 0) {
            throw new IllegalArgumentException("role " + role);
        }
        return new Shape(role);
    }

    public boolean isScalar() {
        return role == NO_ROLE;
    }
}
