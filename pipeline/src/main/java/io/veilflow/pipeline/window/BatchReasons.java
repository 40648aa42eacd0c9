package io.veilflow.pipeline.window;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.admit.CheckOutcome;
import io.veilflow.pipeline.job.EnrolledContributor;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.wire.AcceptList;
import io.veilflow.pipeline.wire.Cut;
import io.veilflow.pipeline.wire.Decision;
import io.veilflow.pipeline.wire.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What each party's list says of every undecided record within its own cut, once it has been seen that it says so of all of
 * them, of no others, and, up to the common cut, truly where anyone can see. What lies behind the common cut is decided by a later
 * batch: a party need not have read it, and all three must judge the lists alike.
 */
final class BatchReasons {
    private BatchReasons() {}

    /**
     * @param common the three lists' smallest cut
     * @return by party; keys are the decisions with reason ACCEPTED
     * @throws SealingException WRONG_LIST, naming the party
     */
    static List<Map<Decision, Reason>> of(
            JobTerms terms, CheckedRecords records, Cut decidedUpTo, Cut common, List<AcceptList> lists) {
        List<Map<Decision, Reason>> reasons = new ArrayList<>();
        for (PartyId party : PartyId.values()) {
            reasons.add(of(terms, records, decidedUpTo, common, party, lists.get(party.index())));
        }
        return reasons;
    }

    private static Map<Decision, Reason> of(
            JobTerms terms, CheckedRecords records, Cut decidedUpTo, Cut common, PartyId party, AcceptList list) {
        Map<Decision, Reason> said = new HashMap<>();
        for (Decision decision : list.getDecisionsList()) {
            if (decision.getRecord() < Cuts.records(decidedUpTo, decision.getContributor())) {
                throw wrong(party, AcceptLists.place(decision) + " was decided before");
            }
            said.put(withReason(decision, Reason.ACCEPTED), decision.getReason());
        }
        long expected = 0;
        for (EnrolledContributor contributor : terms.definition().contributors()) {
            long begin = Cuts.records(decidedUpTo, contributor.name());
            long end = Cuts.records(common, contributor.name());
            for (long index = begin; index < end; index++) {
                CheckOutcome outcome = records.outcome(contributor.name(), index);
                requireTrue(party, outcome, said.get(outcome.decision(Reason.ACCEPTED)));
            }
            expected += Math.max(0, Cuts.records(list.getCut(), contributor.name()) - begin);
        }
        if (expected != list.getDecisionsCount()) {
            throw wrong(party, "the list does not decide every record up to its cut");
        }
        return said;
    }

    private static void requireTrue(PartyId party, CheckOutcome outcome, Reason said) {
        boolean mayBePrivate = outcome instanceof CheckOutcome.Submitted;
        if (said == null || said != outcome.reason() && !(mayBePrivate && AcceptLists.isPrivate(said))) {
            throw wrong(
                    party,
                    outcome.entry().place() + " is " + outcome.reason() + ", and the list says "
                            + (said == null ? "nothing" : said));
        }
    }

    private static Decision withReason(Decision decision, Reason reason) {
        return decision.toBuilder().setReason(reason).build();
    }

    private static SealingException wrong(PartyId party, String what) {
        return new SealingException(SealingException.Reason.WRONG_LIST, party, what);
    }
}
