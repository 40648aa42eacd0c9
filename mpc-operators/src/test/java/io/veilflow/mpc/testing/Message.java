package io.veilflow.mpc.testing;

import io.veilflow.mpc.party.PartyId;

/**
 * One message as the world saw it leave its sender.
 *
 * @param round causal depth: one more than the deepest message that its sender had received before
 */
public record Message(int round, PartyId from, PartyId to, String path, String label, byte[] payload) {
    /** Everything about it but the content. */
    public String shape() {
        return from + ">" + to + " " + path + "/" + label + " " + payload.length;
    }
}
