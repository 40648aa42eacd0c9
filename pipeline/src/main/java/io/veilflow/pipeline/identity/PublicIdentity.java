package io.veilflow.pipeline.identity;

import java.util.Optional;

/**
 * What others may know of an identity: the part of a key file that needs no passphrase.
 *
 * @param name as in the job: {@code [a-z0-9-]{1,32}}; a party's is party-0, party-1 or party-2
 * @param party keys that only a party has
 */
public record PublicIdentity(IdentityKind kind, String name, VerificationKey identityKey, Optional<PartyKeys> party) {
    /**
     * @param certificate DER of the TLS certificate; its SHA-256 is the pin
     * @param certificatePin 32 bytes
     * @param encryptionKey X25519, 32 bytes: submissions are encrypted to it
     */
    public record PartyKeys(byte[] certificate, byte[] certificatePin, byte[] encryptionKey) {}
}
