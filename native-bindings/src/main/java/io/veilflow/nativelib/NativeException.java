package io.veilflow.nativelib;

/** A refused call. The message says who and what, in public terms only: no share, no value of a wire. */
public final class NativeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final NativeStatus status;

    NativeException(NativeStatus status, String detail) {
        super(status + ": " + detail);
        this.status = status;
    }

    public NativeStatus status() {
        return status;
    }
}
