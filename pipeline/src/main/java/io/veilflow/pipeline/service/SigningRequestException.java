package io.veilflow.pipeline.service;

/** A request or an approval that no party would act on: not made. The message says why. */
public final class SigningRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SigningRequestException(String why) {
        super(why);
    }
}
