package io.veilflow.nativelib;

/** Why a call was refused. The codes below 100 are shared with the native side and stable; the others arise in Java. */
public enum NativeStatus {
    OK(0, "done"),
    INVALID_ARGUMENT(1, "a length or a count is wrong"),
    INVALID_RULE(2, "the rule is not canonical or not allowed"),
    INVALID_KEY(3, "a proving or verifying key is malformed or weak"),
    INVALID_WITNESS(4, "a witness share or a field element is malformed"),
    INVALID_POINT(5, "a point is off the curve, off the subgroup or the identity"),
    NOT_COLLINEAR(6, "the three shares of a round-one point are not on a line: a party sent a wrong share"),
    INCONSISTENT_OPENING(7, "B in G1 and B in G2 differ"),
    COMMITMENT_MISMATCH(8, "the opened commitment is not the sum of the manifest's commitments"),
    PROOF_INVALID(9, "the combined proof does not verify; nothing left the prover"),
    WRONG_STATE(10, "the step is not expected now, or the proof failed or ended before"),
    UNKNOWN_HANDLE(11, "the handle was closed or never given out"),
    INTERNAL(12, "the native side failed in a way that is a bug"),
    OUT_OF_MEMORY(13, "the call would need more memory than the native side may take; nothing was begun"),
    LIBRARY_UNAVAILABLE(100, "the native library could not be loaded"),
    CONCURRENT_USE(101, "two threads used one joint proof at the same time"),
    CLOSED(102, "the object is closed");

    private final int code;
    private final String meaning;

    NativeStatus(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    public String meaning() {
        return meaning;
    }

    /** The status of a native code; a code that this version does not know is {@link #INTERNAL}. */
    static NativeStatus ofCode(int code) {
        for (NativeStatus status : values()) {
            if (status.code == code && code < LIBRARY_UNAVAILABLE.code) {
                return status;
            }
        }
        return INTERNAL;
    }
}
