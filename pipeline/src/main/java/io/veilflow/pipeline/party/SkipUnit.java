package io.veilflow.pipeline.party;

import io.veilflow.pipeline.sign.SkipMessage;
import io.veilflow.pipeline.sign.SkipReason;
import java.time.Duration;

/** Windows in which nothing was computed, by what all three have sealed or read: the group signs that they have no result. */
final class SkipUnit {
    private final ResultSigning signing;
    private final Patience patience;
    private final Duration longest;

    /** @param longest wait for the group's signature */
    SkipUnit(ResultSigning signing, Patience patience, Duration longest) {
        this.signing = signing;
        this.patience = patience;
        this.longest = longest;
    }

    /** @throws JobHeldException if no other party signs in time */
    SignedSkip sign(long first, long last, SkipReason reason) {
        try (ResultSigning.Pending<SkipMessage> pending = signing.skip(first, last, reason)) {
            return new SignedSkip(
                    pending.message(),
                    patience.await(
                            longest,
                            "the group's signature under a " + pending.message().title(),
                            pending::poll));
        }
    }
}
