package io.veilflow.mpc.threshold.signing;

import io.veilflow.mpc.party.PartyId;
import java.util.List;

/**
 * Where the three post and read about one message that the group signs. What an honest party posts reaches the others whatever the
 * third does, and is known to be its poster's. It need not be read at once, nor by all in the same order between posters.
 */
public interface SigningBulletin {
    /** Returns when the message is where all read it, this party too. If it throws, it may be there all the same. */
    void post(SigningMessage message);

    /**
     * What the party has posted about this message since the last call, in its order; the first call begins with its first
     * posting, also for what this party itself posted before it was restarted. Never waits. A posting that cannot be read is left
     * out. One call takes a bounded amount of work however much was posted.
     */
    List<SigningMessage> read(PartyId poster);
}
