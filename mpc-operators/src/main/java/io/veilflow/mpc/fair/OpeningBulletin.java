package io.veilflow.mpc.fair;

import io.veilflow.mpc.party.PartyId;
import java.util.List;

/**
 * Where the three post and read during one fair opening. What an honest party posts reaches the other honest party whatever the
 * third does. Links do not promise that, since any party ends all of them by ending its own; a board does.
 */
public interface OpeningBulletin {
    /** Returns when the message is where the others read it. */
    void post(FairMessage message);

    /**
     * What the peer has posted for this opening since the last call, in its order. Never waits. A posting that cannot be read is
     * left out. One call takes a bounded amount of work however much the peer has posted.
     */
    List<FairMessage> read(PartyId peer);
}
