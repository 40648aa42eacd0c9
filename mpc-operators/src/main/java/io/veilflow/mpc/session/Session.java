package io.veilflow.mpc.session;

import io.veilflow.mpc.party.PartyId;

/**
 * One attempt at one batch or window, between the three parties. Protocols are plain sequential code on one thread of
 * the session; calls block. Closing it wipes its PRSS keys; a closed session refuses everything.
 */
public interface Session extends AutoCloseable {
    PartyId self();

    SessionContext context();

    Profile profile();

    /**
     * A named place in the program. Each path is claimed once in a session, because it stands for PRSS streams and
     * message labels.
     *
     * @throws IllegalStateException if the path was claimed before
     */
    Operation operation(String path);

    @Override
    void close();
}
