package io.veilflow.pipeline.party;

import io.veilflow.mpc.transport.LinkNetwork;
import java.util.Deque;

/**
 * One process of a party in a {@link PartyWorld}. Links end first when it is closed, so that a party that died says no last word.
 *
 * @param files what it holds open, and a new process of the party needs
 */
record WorldParty(RecordedOrder order, LinkNetwork network, PartyCore core, BoardPump pump, Deque<AutoCloseable> files)
        implements AutoCloseable {
    @Override
    public void close() throws Exception {
        if (order.isDead()) {
            network.close();
        }
        pump.close();
        core.close();
        network.close();
        while (!files.isEmpty()) {
            files.pop().close();
        }
    }
}
