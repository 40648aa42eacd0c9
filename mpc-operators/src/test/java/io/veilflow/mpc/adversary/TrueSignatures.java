package io.veilflow.mpc.adversary;

import io.veilflow.mpc.fair.PartySignatures;
import io.veilflow.mpc.party.PartyId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Signatures that nobody else makes, because every party of a test has only its own object. */
record TrueSignatures(PartyId self) implements PartySignatures {
    @Override
    public byte[] sign(byte[] message) {
        return signature(self, message);
    }

    @Override
    public boolean verify(PartyId signer, byte[] message, byte[] signature) {
        return Arrays.equals(signature(signer, message), signature);
    }

    private static byte[] signature(PartyId signer, byte[] message) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-512");
            digest.update((byte) signer.index());
            return digest.digest(message);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
