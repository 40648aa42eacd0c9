package io.veilflow.mpc.fair;

import io.veilflow.mpc.party.PartyId;
import java.util.EnumSet;
import java.util.Set;

/**
 * Decides whether the outputs are opened (PROTOCOLS 4.3, steps 2 and 3; {@code fair_open.py}). A READY counts if it came from
 * its signer by T1, or by T2 under the countersignature of another party. "Or" is essential: were the countersignature demanded
 * as well, a corrupted party could keep its own from one honest party and split the two. Signatures are checked by
 * the caller. Once the decision is to go on, nothing changes it.
 */
public final class FairDecision {
    private final FairTimes times;
    private final boolean ready;
    private final Set<PartyId> direct = EnumSet.noneOf(PartyId.class);
    private final Set<PartyId> late = EnumSet.noneOf(PartyId.class);

    /** @param ready whether this party has sent its own READY, early enough to arrive by T1 */
    public FairDecision(PartyId self, boolean ready, FairTimes times) {
        this.times = times;
        this.ready = ready;
        if (ready) {
            direct.add(self);
        }
    }

    /**
     * READY of a party, read from that party itself.
     *
     * @return whether it must be countersigned and passed on
     */
    public boolean onReady(PartyId signer, long now) {
        return now <= times.ready() && direct.add(signer);
    }

    /** READY of a party, passed on by another one. Its signer's own countersignature counts for nothing. */
    public void onEcho(PartyId signer, PartyId countersigner, long now) {
        if (now <= times.echo() && countersigner != signer) {
            late.add(signer);
        }
    }

    /** Whether this party is ready and every READY counts. */
    public boolean go() {
        for (PartyId party : PartyId.values()) {
            if (!direct.contains(party) && !late.contains(party)) {
                return false;
            }
        }
        return ready;
    }
}
