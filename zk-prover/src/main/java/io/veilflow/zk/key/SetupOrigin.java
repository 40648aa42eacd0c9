package io.veilflow.zk.key;

/** Who could know a key's trapdoor. */
public enum SetupOrigin {
    /** One machine ran the whole setup. */
    UNSAFE_LOCAL("UNSAFE development key");

    private final String warning;

    SetupOrigin(String warning) {
        this.warning = warning;
    }

    /** What people must see wherever the key is shown. */
    public String warning() {
        return warning;
    }
}
