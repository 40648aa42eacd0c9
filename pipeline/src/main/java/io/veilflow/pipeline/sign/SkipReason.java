package io.veilflow.pipeline.sign;

import java.util.Optional;

/** Why windows have no result. The codes are those of the contracts and of docs/wire.md. */
public enum SkipReason {
    /** The sealed manifest lists fewer contributors than the job asks for. */
    TOO_FEW_CONTRIBUTORS(1, "fewer contributors than the job asks for"),
    /** The feeder gave no tick in them, so there are no values to compute on. */
    NO_TICK(2, "no tick"),
    /** No attempt came to an output, and none will. */
    NOT_COMPUTABLE(3, "cannot be computed");

    private final int code;
    private final String words;

    SkipReason(int code, String words) {
        this.code = code;
        this.words = words;
    }

    /** 1 to 3. */
    public int code() {
        return code;
    }

    /** For people. */
    public String words() {
        return words;
    }

    /** Empty for any other code. */
    public static Optional<SkipReason> ofCode(int code) {
        for (SkipReason reason : values()) {
            if (reason.code == code) {
                return Optional.of(reason);
            }
        }
        return Optional.empty();
    }
}
