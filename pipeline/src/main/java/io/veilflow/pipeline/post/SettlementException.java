package io.veilflow.pipeline.post;

/** A result that did not reach the chain, or a chain that is not the expected one (error type SETTLEMENT). */
public final class SettlementException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why, and whether it is worth another try with the same post. */
    public enum Reason {
        /** The node does not answer, or answers nonsense. */
        UNREACHABLE(true),
        /** Sent, but not in a block before the deadline; it may still be included. */
        NOT_INCLUDED(true),
        /** The node serves another chain than the job's. */
        WRONG_CHAIN(false),
        /** There is no registry at its address, or it does not know the job. */
        JOB_UNKNOWN(false),
        /** Another statement stands for this window. */
        CONFLICT(false),
        /** The contract reverts; the message names its error. */
        REFUSED(false);

        private final boolean retryable;

        Reason(boolean retryable) {
            this.retryable = retryable;
        }

        public boolean retryable() {
            return retryable;
        }
    }

    private final Reason reason;

    public SettlementException(Reason reason, String message) {
        super(reason + ": " + message);
        this.reason = reason;
    }

    public SettlementException(Reason reason, String message, Throwable cause) {
        super(reason + ": " + message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
