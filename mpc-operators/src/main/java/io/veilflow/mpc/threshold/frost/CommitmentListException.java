package io.veilflow.mpc.threshold.frost;

/** A list of commitments that no honest signer signs for. Nothing was signed, and no nonce was used. */
public final class CommitmentListException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CommitmentListException(String what) {
        super(what);
    }
}
