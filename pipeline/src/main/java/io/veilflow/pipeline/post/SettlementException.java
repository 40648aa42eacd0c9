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
        /** In a block, and failed there: it ran out of gas, or the state was another one than at the estimate. */
        FAILED_IN_BLOCK(true),
        /** Another transaction of the same account took the nonce. */
        NONCE_TAKEN(true),
        /** The account cannot pay for the transaction. */
        INSUFFICIENT_FUNDS(true),
        /** The group's account was to pay, and the three did not sign. */
        NOT_SIGNED(true),
        /** The chain asks for more than the poster may spend. */
        FEE_LIMIT(true),
        /** The registry does not take it yet: windows before it are missing, it is early, or the registry is paused. */
        NOT_YET(true),
        /** The node serves another chain than the job's. */
        WRONG_CHAIN(true),
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
