package io.veilflow.mpc.fair;

import io.veilflow.mpc.party.PartyId;

/** Signatures of the party identities, 64 bytes each. Every party comes to the same verdict about the same bytes. */
public interface PartySignatures {
    /** This party's own. */
    byte[] sign(byte[] message);

    /** False for a signature of any other length too. */
    boolean verify(PartyId signer, byte[] message, byte[] signature);
}
