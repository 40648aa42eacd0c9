package io.veilflow.mpc.field;

/** An encoded element at or above its modulus. Decoders refuse, they never reduce. */
public final class NotCanonicalException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public NotCanonicalException(String field) {
        super("an element of " + field + " is not below the modulus");
    }
}
