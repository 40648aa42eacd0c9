package io.veilflow.mpc.ledger;

/** The engine's refusal to open a value while products of its session are unverified: a mistake of the calling program. */
public final class UnverifiedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public UnverifiedException(String where) {
        super(where + " would open a value that depends on unverified products");
    }
}
