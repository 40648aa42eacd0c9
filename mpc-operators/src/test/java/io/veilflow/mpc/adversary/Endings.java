package io.veilflow.mpc.adversary;

import io.veilflow.mpc.adversary.SharedVector.Elements;
import io.veilflow.mpc.fair.FairClock;
import io.veilflow.mpc.fair.FairLimits;
import io.veilflow.mpc.fair.FairMessage;
import io.veilflow.mpc.fair.FairOpening;
import io.veilflow.mpc.fair.FairPorts;
import io.veilflow.mpc.fair.OpeningJournal;
import io.veilflow.mpc.replicated.Opening;
import io.veilflow.mpc.testing.TimedSession;
import io.veilflow.mpc.verification.Verification;
import java.time.Duration;

/** How scenarios come from shares to a result. */
final class Endings {
    private static final FairLimits LIMITS = new FairLimits(Duration.ofMillis(10), Duration.ofMillis(2));

    /** Every product is verified, then the result is opened fairly. */
    static final Scenario.Ending FAIR = (session, shares, trial) -> {
        new Verification(session.operation("verify"), "dzkp").run();
        TimedSession timed = (TimedSession) session;
        FairPorts ports = new FairPorts(
                new TrueSignatures(session.self()),
                trial.board().of(timed),
                new ForgottenJournal(),
                new SessionClock(timed),
                LIMITS);
        return new FairOpening(session, "result", ports).open(((Elements) shares).shares());
    };

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

    /** No party is restarted here. */
    private record ForgottenJournal() implements OpeningJournal {
        @Override
        public void ready(FairMessage.Ready ready) {}

        @Override
        public void going() {}

        @Override
        public void aborted() {}
    }

    private record SessionClock(TimedSession session) implements FairClock {
        @Override
        public long millis() {
            return session.millis();
        }

        @Override
        public void pause(long millis) {
            session.pause(millis);
        }
    }
}
