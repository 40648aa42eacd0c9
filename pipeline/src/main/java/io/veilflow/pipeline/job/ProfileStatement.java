package io.veilflow.pipeline.job;

import io.veilflow.mpc.session.Profile;

/**
 * What a security profile gives, in the words that stand wherever a result of it is shown: a result of profile S must never look
 * like one of profile M (THREATS C20).
 */
public final class ProfileStatement {
    private ProfileStatement() {}

    /** One sentence without full stop. */
    public static String of(Profile profile) {
        return switch (profile) {
            case S ->
                "profile S: semi-honest, products are not verified; a party that deviates can learn or change more than it"
                        + " should";
            case M -> "profile M: malicious security with abort, at most one party of the three corrupted";
        };
    }
}
