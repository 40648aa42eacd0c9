package io.veilflow.mpc.session;

import io.veilflow.mpc.ledger.Ledger;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.PrssStream;

/**
 * One protocol run at one operation path: its randomness and its messages. Not thread-safe. The same three calls carry
 * every protocol, over TLS links in the product and over memory in tests.
 */
public interface Operation {
    PartyId self();

    String path();

    Profile profile();

    /** The products of the whole session that are not verified yet. */
    Ledger ledger();

    /** What the three call their epoch: hashed where they compare inputs (PROTOCOLS 4.5). */
    byte[] epoch();

    /**
     * The stream of F_component for one purpose. The index runs on over the whole operation: a second call with the
     * same arguments returns the same stream object, which serves one element size only.
     *
     * @throws IllegalArgumentException if this party does not hold that key
     */
    PrssStream stream(int component, String purpose);

    /**
     * Sends a message or queues it; does not wait for the peer to use it. A peer that does not read from its connection can hold
     * a small message up, no longer than silence is borne. The array belongs to the session afterwards.
     */
    void send(PartyId to, String label, byte[] payload);

    /**
     * Waits for the peer's message with this label.
     *
     * @param length exact length in bytes
     * @throws ProtocolAbortException LENGTH, PEER_LOST, TIMEOUT or UNEXPECTED_MESSAGE, naming the peer
     */
    byte[] receive(PartyId from, String label, int length);
}
