package io.veilflow.mpc.threshold.signing;

import io.veilflow.mpc.party.PartyId;
import java.util.List;

/**
 * The poster wants the message signed, with either of its peers, and has drawn nonces for that. Arrays are not copied.
 *
 * @param message 32 bytes, what is signed
 * @param generation of the group key's shares
 * @param pairs one for each pair that it commits for now, at most two
 */
public record NonceCommitments(byte[] message, int generation, List<Pair> pairs) implements SigningMessage {
    /**
     * @param peer the other of the pair
     * @param attempt 1 to {@link GroupSigning#ATTEMPTS}
     * @param hiding D, 33 bytes
     * @param binding E, 33 bytes
     */
    public record Pair(PartyId peer, int attempt, byte[] hiding, byte[] binding) {}

    public NonceCommitments {
        pairs = List.copyOf(pairs);
    }
}
