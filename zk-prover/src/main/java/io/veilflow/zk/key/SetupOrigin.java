package io.veilflow.zk.key;

import java.nio.charset.StandardCharsets;

/** Who could know a key's trapdoor. */
public enum SetupOrigin {
    /** One machine ran the whole setup. */
    UNSAFE_LOCAL("UNSAFE development key"),
    /** A ceremony of several people with a public beacon: nobody, if one of them forgot its randomness. */
    CEREMONY("key of a ceremony");

    private final String warning;

    SetupOrigin(String warning) {
        this.warning = warning;
    }

    /** What people must see wherever the key is shown. */
    public String warning() {
        return warning;
    }

    /** How the native side's proving key of this origin begins. */
    byte[] provingKeyLabel() {
        String label =
                switch (this) {
                    case UNSAFE_LOCAL -> "veilflow/unsafe-proving-key/2";
                    case CEREMONY -> "veilflow/shared-proving-key/2";
                };
        return label.getBytes(StandardCharsets.US_ASCII);
    }
}
