package io.veilflow.mpc.adversary;

import io.veilflow.mpc.replicated.Opening;
import io.veilflow.mpc.verification.Verification;

/** How scenarios come from shares to a result. */
final class Endings {
    private Endings() {}

    /** Nothing is verified: for values that depend on no product, and for profile S. */
    static Scenario.Ending opening() {
        return (session, shares, trial) -> {
            trial.opens(session.self());
            return shares.open(new Opening(session.operation("result")));
        };
    }

    /** Every product is verified, then the result is opened. */
    static Scenario.Ending verifiedOpening() {
        Scenario.Ending opening = opening();
        return (session, shares, trial) -> {
            new Verification(session.operation("verify"), "dzkp").run();
            return opening.open(session, shares, trial);
        };
    }
}
