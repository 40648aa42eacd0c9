package io.veilflow.mpc.transport;

/** Carries a {@link LinkFailure} to the thread that ends the link. It never leaves this package. */
final class LinkException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient LinkFailure failure;

    LinkException(LinkFailure failure) {
        super(failure.where());
        this.failure = failure;
    }

    LinkFailure failure() {
        return failure;
    }
}
