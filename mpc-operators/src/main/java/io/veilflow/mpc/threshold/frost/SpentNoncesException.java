package io.veilflow.mpc.threshold.frost;

/** A second signature was asked of nonces that serve once. */
public final class SpentNoncesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SpentNoncesException() {
        super("these nonces have been used or wiped");
    }
}
