package io.veilflow.pipeline.key;

import io.veilflow.mpc.party.PartyId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a party does with the generation that it keeps aside, from where all three stand. Before it acts, the three have compared
 * what they heard, so two honest parties act on the same three standings, or not at all.
 *
 * <pre>
 *   aside, confirmed   somebody uses it, with its certificate               commit
 *                      all three confirm it                                 commit
 *                      otherwise                                            give up
 *   aside, given up    somebody uses it, and the third party holds it too   commit
 *                      neither uses it, and neither still confirms it       drop
 *                      otherwise                                            wait
 * </pre>
 *
 * <p><b>Security</b> (ours; THREATS G9). One of three may lie in any way, links may break and machines crash anywhere. <i>Never does
 * one honest party use a generation that the other one has dropped.</i> Whoever drops has seen the other honest party without
 * the generation, which it then never gets again, or with it given up, from where it commits only if this party holds it still.
 * Whoever uses a generation keeps the certificate and shows it, so the other never drops after that. While it waits, a party
 * keeps both shares and uses the old one. {@code SettlementTest} walks through all states.
 */
final class Settlement {
    private Settlement() {}

    /** What a party does now. */
    sealed interface Step permits Commit, Plain {}

    /** @param certificate of the generation kept aside */
    record Commit(List<byte[]> certificate) implements Step {}

    enum Plain implements Step {
        GIVE_UP,
        DROP,
        /** Nothing to do, or nothing that can be done yet. */
        WAIT
    }

    /** @param standings of P0, P1, P2 */
    static Step step(PartyId self, List<Standing> standings) {
        Standing own = standings.get(self.index());
        if (own.next().isEmpty()) {
            return Plain.WAIT;
        }
        PublicGroupKey aside = own.next().get();
        Standing one = standings.get(self.next().index());
        Standing other = standings.get(self.previous().index());
        Optional<Standing> user =
                Stream.of(one, other).filter(peer -> peer.uses(aside)).findFirst();
        if (own.confirmation().isPresent()) {
            if (user.isPresent()) {
                return new Commit(user.get().certificate());
            }
            if (one.confirms(aside) && other.confirms(aside)) {
                return new Commit(standings.stream()
                        .map(standing -> standing.confirmation().orElseThrow())
                        .toList());
            }
            return Plain.GIVE_UP;
        }
        if (user.isPresent()) {
            return one.holds(aside) && other.holds(aside)
                    ? new Commit(user.get().certificate())
                    : Plain.WAIT;
        }
        return one.confirms(aside) || other.confirms(aside) ? Plain.WAIT : Plain.DROP;
    }

    /** Whether nobody keeps anything aside. */
    static boolean isSettled(List<Standing> standings) {
        return standings.stream().allMatch(standing -> standing.next().isEmpty());
    }
}
