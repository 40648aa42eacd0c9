package io.veilflow.mpc.session;

import io.veilflow.mpc.party.PartyId;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * This party's connection to its two peers, as the party core sees it. It is made of epochs: all three parties connected,
 * agreed on rule, configuration and run, and holding fresh PRSS keys. Losing one link ends the epoch everywhere: open
 * sessions abort with PEER_LOST and the network connects again by itself, under new keys. Thread-safe.
 */
public interface PartyNetwork extends AutoCloseable {
    PartyId self();

    /** Begins to listen and to connect; returns at once. */
    void start();

    /**
     * Waits until there is an epoch and returns its number.
     *
     * @throws ProtocolAbortException CONFIGURATION as soon as a peer turns out to be set up differently (the message says
     *     which item differs), JOURNAL_REFUSED if this party's own journal is refused: the network is closed then, TIMEOUT if there is no epoch in time, PEER_LOST if the network is closed
     */
    long awaitEpoch(Duration timeout);

    /** The number of the epoch in use, empty between epochs. */
    OptionalLong currentEpoch();

    /**
     * Opens a session in the current epoch. A context is opened once in an epoch, because it stands for PRSS streams.
     *
     * @throws ProtocolAbortException PEER_LOST between epochs
     * @throws IllegalStateException if the context was opened in this epoch before
     */
    MeasuredSession openSession(SessionContext context, Profile profile);

    /**
     * Queues a control message of the current epoch; never waits for the peer. What the bytes mean is the caller's matter.
     *
     * @throws ProtocolAbortException PEER_LOST between epochs
     */
    void sendControl(PartyId to, byte[] message);

    /**
     * The next control message of a peer in the current epoch; empty if none came in time or there is no epoch. Messages
     * that were not taken when their epoch ended are dropped.
     */
    Optional<byte[]> receiveControl(PartyId from, Duration timeout);

    /** Told of the changes from now on. */
    void addListener(NetworkListener listener);

    /** Ends the epoch, aborts what is open, stops all threads. */
    @Override
    void close();
}
