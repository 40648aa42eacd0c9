package io.veilflow.pipeline.window;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.encoding.Hashes;
import io.veilflow.pipeline.wire.AcceptList;
import io.veilflow.pipeline.wire.Decision;
import io.veilflow.pipeline.wire.Reason;
import java.util.List;
import java.util.Set;

/**
 * The second round of a batch, after its disputes (docs/wire.md, section 8). Each party lists again what it listed before; only a
 * party that refused alone may now accept, once the others have forwarded its components to it. There is no third round: what is
 * still disputed then is left out. Anybody can follow all of it on the board.
 */
public final class Disputes {
    /** Of the lists that follow a dispute. */
    public static final int ROUND = 1;

    private Disputes() {}

    /** What stands for the lists of the first round in the session that settles their disputes, 32 bytes. */
    public static ByteString root(List<AcceptList> lists) {
        return ByteString.copyFrom(Hashes.sha256Fields(
                "veilflow/dispute/1",
                lists.get(0).toByteArray(),
                lists.get(1).toByteArray(),
                lists.get(2).toByteArray()));
    }

    /**
     * This party's list of the second round.
     *
     * @param settled hashes of the submissions that it can accept now
     */
    public static AcceptList again(AcceptList first, Set<ByteString> settled) {
        return first.toBuilder()
                .setRound(ROUND)
                .clearDecisions()
                .addAllDecisions(first.getDecisionsList().stream()
                        .map(decision -> settled.contains(decision.getSubmissionHash()) ? accepted(decision) : decision)
                        .toList())
                .build();
    }

    /**
     * @param disputes those of the first lists
     * @throws SealingException WRONG_LIST, naming a party whose second list says something else than its first about anything but
     *     its own disputes
     */
    public static void requireContinues(List<AcceptList> first, List<AcceptList> second, List<Dispute> disputes) {
        for (PartyId party : PartyId.values()) {
            AcceptList before = first.get(party.index());
            AcceptList after = second.get(party.index());
            if (!before.getCut().equals(after.getCut()) || !continues(party, before, after, disputes)) {
                throw new SealingException(
                        SealingException.Reason.WRONG_LIST,
                        party,
                        "the list after the disputes of batch " + before.getId() + " changes more than them");
            }
        }
    }

    private static boolean continues(PartyId party, AcceptList before, AcceptList after, List<Dispute> disputes) {
        if (before.getDecisionsCount() != after.getDecisionsCount()) {
            return false;
        }
        for (int k = 0; k < before.getDecisionsCount(); k++) {
            Decision said = before.getDecisions(k);
            Decision says = after.getDecisions(k);
            boolean own = disputes.contains(new Dispute(party, disputed(said)));
            if (!says.equals(said) && !(own && says.equals(accepted(said)))) {
                return false;
            }
        }
        return true;
    }

    private static Decision accepted(Decision decision) {
        return decision.toBuilder().setReason(Reason.ACCEPTED).build();
    }

    private static Decision disputed(Decision decision) {
        return decision.toBuilder().setReason(Reason.DISPUTED).build();
    }
}
