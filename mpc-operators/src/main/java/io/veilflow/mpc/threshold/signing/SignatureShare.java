package io.veilflow.mpc.threshold.signing;

import io.veilflow.mpc.party.PartyId;

/**
 * The poster's part of the signature of one pair. Arrays are not copied.
 *
 * @param message 32 bytes, what is signed
 * @param generation of the group key's shares
 * @param peer the other of the pair
 * @param attempt of the nonces
 * @param commitments hash of the two commitments that it was given for, 32 bytes
 * @param z 32 bytes big-endian
 */
public record SignatureShare(byte[] message, int generation, PartyId peer, int attempt, byte[] commitments, byte[] z)
        implements SigningMessage {}
