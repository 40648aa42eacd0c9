package io.veilflow.pipeline.window;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.wire.AcceptList;
import io.veilflow.pipeline.wire.Cut;
import io.veilflow.pipeline.wire.Decision;
import io.veilflow.pipeline.wire.Reason;
import io.veilflow.pipeline.wire.UnitKind;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Accept lists in their canonical form: decisions ascend by contributor and record and lie within the list's cut. */
public final class AcceptLists {
    /** Order of decisions in lists and outcomes. */
    public static final Comparator<Decision> ORDER =
            Comparator.comparing(Decision::getContributor).thenComparingLong(Decision::getRecord);

    private AcceptLists() {}

    /** @param decisions in any order */
    public static AcceptList of(UnitKind kind, long id, int round, Cut cut, Collection<Decision> decisions) {
        return AcceptList.newBuilder()
                .setKind(kind)
                .setId(id)
                .setRound(round)
                .setCut(cut)
                .addAllDecisions(decisions.stream().sorted(ORDER).toList())
                .build();
    }

    /** Whether a reason is one that only the party that gives it can check. */
    public static boolean isPrivate(Reason reason) {
        return switch (reason) {
            case NOT_DECRYPTABLE, COMPONENT_OUT_OF_RANGE, COMMITMENT_MISMATCH -> true;
            case ACCEPTED,
                    MALFORMED,
                    BAD_SIGNATURE,
                    NOT_ENROLLED,
                    WRONG_JOB,
                    WRONG_SLOTS,
                    REPLAYED,
                    VALUE_OUT_OF_RANGE,
                    DISPUTED,
                    UNRECOGNIZED -> false;
        };
    }

    /** @throws SealingException MALFORMED, naming the party */
    static void requireForm(JobTerms terms, PartyId party, AcceptList list) {
        boolean known = list.getKind() == UnitKind.BATCH || list.getKind() == UnitKind.WINDOW;
        if (!known || list.getId() < 0 || !Cuts.hasForm(terms, list.getCut())) {
            throw malformed(party, "an accept list without unit or with a bad cut");
        }
        List<Decision> decisions = list.getDecisionsList();
        for (int i = 0; i < decisions.size(); i++) {
            Decision decision = decisions.get(i);
            if (i > 0 && ORDER.compare(decisions.get(i - 1), decision) >= 0) {
                throw malformed(party, place(decision) + " is out of order or there twice");
            }
            if (terms.contributor(decision.getContributor()).isEmpty()
                    || decision.getRecord() < 0
                    || decision.getRecord() >= Cuts.records(list.getCut(), decision.getContributor())) {
                throw malformed(party, place(decision) + " does not lie within the list's cut");
            }
        }
    }

    static String place(Decision decision) {
        return "record " + decision.getRecord() + " of " + decision.getContributor();
    }

    private static SealingException malformed(PartyId party, String what) {
        return new SealingException(SealingException.Reason.MALFORMED, party, what);
    }
}
