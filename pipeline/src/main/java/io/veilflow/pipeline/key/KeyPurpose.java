package io.veilflow.pipeline.key;

import java.util.Arrays;
import java.util.Optional;

/** What a group key is for. One key for each, none used for two (THREATS G6). */
public enum KeyPurpose {
    /** Signs results, skips and its own successor; FROST. */
    RESULT("result", 1),
    /** The group's Ethereum account; threshold ECDSA. */
    ACCOUNT("account", 2),
    /** The signing service; FROST. */
    SIGN("sign", 3);

    private final String text;
    private final int code;

    KeyPurpose(String text, int code) {
        this.text = text;
        this.code = code;
    }

    /** As in files, on the command line and in what is hashed. */
    public String text() {
        return text;
    }

    int code() {
        return code;
    }

    static Optional<KeyPurpose> named(String text) {
        return Arrays.stream(values())
                .filter(purpose -> purpose.text.equals(text))
                .findFirst();
    }

    static Optional<KeyPurpose> of(int code) {
        return Arrays.stream(values()).filter(purpose -> purpose.code == code).findFirst();
    }
}
