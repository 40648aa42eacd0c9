package io.veilflow.pipeline.service;

/** An audit log of the signing service that is not what its party wrote. */
public final class SigningAuditException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SigningAuditException(long line, String what) {
        super("line " + line + " of the audit log " + what);
    }
}
