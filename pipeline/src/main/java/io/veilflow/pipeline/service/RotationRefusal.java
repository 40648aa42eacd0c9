package io.veilflow.pipeline.service;

/** Why a running party takes no part in a rotation that operators have approved of. What the party's windows say, not the policy. */
public enum RotationRefusal {
    /** The party may have to sign the window with the old key, or another party has. */
    BEGUN("the first window of the new key, or the one before it, has begun"),

    /** Which key must sign this one is not settled. */
    UNDER_WAY("another rotation is under way; ask again when the first window of its key has begun");

    private final String words;

    RotationRefusal(String words) {
        this.words = words;
    }

    /** As the party's log and its audit log say it. */
    public String words() {
        return words;
    }
}
