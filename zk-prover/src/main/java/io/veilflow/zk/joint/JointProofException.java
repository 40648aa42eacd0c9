package io.veilflow.zk.joint;

import io.veilflow.nativelib.NativeException;
import io.veilflow.nativelib.NativeStatus;

/** The end of one attempt at a joint proof. No proof left this party. Shows a reason and no share. */
public final class JointProofException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public enum Reason {
        /** The shared witness does not satisfy the rows of the circuit. */
        ROW_CHECK,
        /** A party sent a wrong share in round one. */
        NOT_COLLINEAR,
        /** B differs between the two groups. */
        INCONSISTENT_OPENING,
        /** The commitment in the proof is not the sum of the manifest's. */
        COMMITMENT_MISMATCH,
        /** The combined proof does not hold for the statement. */
        PROOF_INVALID,
        /** A share, key or call that the native side refuses. */
        NATIVE,
        /** The session failed, ended or was closed before. */
        WRONG_STATE
    }

    private final Reason reason;

    JointProofException(Reason reason, String message) {
        super(reason + ": " + message);
        this.reason = reason;
    }

    JointProofException(NativeException cause) {
        super(reasonOf(cause.status()) + ": " + cause.getMessage(), cause);
        this.reason = reasonOf(cause.status());
    }

    public Reason reason() {
        return reason;
    }

    private static Reason reasonOf(NativeStatus status) {
        return switch (status) {
            case NOT_COLLINEAR -> Reason.NOT_COLLINEAR;
            case INCONSISTENT_OPENING -> Reason.INCONSISTENT_OPENING;
            case COMMITMENT_MISMATCH -> Reason.COMMITMENT_MISMATCH;
            case PROOF_INVALID -> Reason.PROOF_INVALID;
            case WRONG_STATE, CLOSED, CONCURRENT_USE -> Reason.WRONG_STATE;
            case OK,
                    INVALID_ARGUMENT,
                    INVALID_RULE,
                    INVALID_KEY,
                    INVALID_WITNESS,
                    INVALID_POINT,
                    UNKNOWN_HANDLE,
                    INTERNAL,
                    OUT_OF_MEMORY,
                    LIBRARY_UNAVAILABLE -> Reason.NATIVE;
        };
    }
}
