package io.veilflow.pipeline.sign;

import java.util.Optional;

/** What a posted result rests on; never mixed up in any output. The codes are those of the contracts and of docs/wire.md. */
public enum Assurance {
    /** Computed by the parties and signed by the group: no proof. */
    ATTESTED(1),
    /** Signed by the group, and the registry verified a proof over all slots. */
    PROVEN(2);

    private final int code;

    Assurance(int code) {
        this.code = code;
    }

    /** 1 or 2. */
    public int code() {
        return code;
    }

    /** Empty for any code but 1 and 2; the contracts' 0 means that nothing is recorded. */
    public static Optional<Assurance> ofCode(int code) {
        for (Assurance assurance : values()) {
            if (assurance.code == code) {
                return Optional.of(assurance);
            }
        }
        return Optional.empty();
    }
}
