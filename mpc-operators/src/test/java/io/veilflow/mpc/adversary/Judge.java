package io.veilflow.mpc.adversary;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.testing.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** Says how a run ended for the honest two, the worst first. */
final class Judge {
    private Judge() {}

    static Verdict judge(Case one, Trial trial, List<Outcome<long[]>> outcomes) {
        PartyId corrupted = one.corrupted();
        List<Outcome<long[]>> honest = List.of(
                outcomes.get(corrupted.next().index()),
                outcomes.get(corrupted.previous().index()));
        for (Outcome<long[]> outcome : honest) {
            Optional<Verdict> bad = violation(one, outcome);
            if (bad.isPresent()) {
                return bad.get();
            }
        }
        boolean opened = honest.stream().anyMatch(outcome -> trial.hasOpened(outcome.party()));
        long[] expected = one.scenario().expected();
        if (opened
                && trial.heldByHonest()
                        .filter(held -> !Arrays.equals(held, expected))
                        .isPresent()) {
            return Verdict.OPENED_WRONG;
        }
        if (honest.stream().noneMatch(Outcome::failed)) {
            return Verdict.RIGHT;
        }
        if (one.mustBeRight()) {
            return Verdict.NEEDLESS_ABORT;
        }
        if (one.scenario().isFair() && (opened || !honest.stream().allMatch(Outcome::failed))) {
            return Verdict.UNFAIR;
        }
        return opened ? Verdict.KEPT_FROM_RIGHT : Verdict.ABORTED;
    }

    private static Optional<Verdict> violation(Case one, Outcome<long[]> outcome) {
        if (!outcome.failed()) {
            boolean right = Arrays.equals(outcome.result(), one.scenario().expected());
            return right ? Optional.empty() : Optional.of(Verdict.WRONG);
        }
        if (outcome.failure() instanceof TimeoutException) {
            return Optional.of(Verdict.HUNG);
        }
        if (!(outcome.failure() instanceof ProtocolAbortException abort)) {
            return Optional.of(Verdict.CRASHED);
        }
        boolean accusesHonest =
                abort.accused().filter(named -> named != one.corrupted()).isPresent();
        return accusesHonest ? Optional.of(Verdict.FALSELY_ACCUSED) : Optional.empty();
    }
}
