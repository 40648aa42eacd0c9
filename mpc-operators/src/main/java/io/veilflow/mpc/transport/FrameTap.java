package io.veilflow.mpc.transport;

import io.veilflow.mpc.party.PartyId;

/**
 * Sees every frame that this party sends, in the clear and just before encryption. For tests that search what leaves a
 * party; a product party runs with {@link #none()}. Called on the threads that write, one
 * at a time for each link.
 */
public interface FrameTap {
    /**
     * @param header length, epoch id, context hash, sequence and label as on the wire, 64 bytes
     * @param payload as on the wire; not to be changed, and not to be kept after the call
     */
    void sent(PartyId from, PartyId to, byte[] header, byte[] payload);

    static FrameTap none() {
        return (from, to, header, payload) -> {};
    }
}
