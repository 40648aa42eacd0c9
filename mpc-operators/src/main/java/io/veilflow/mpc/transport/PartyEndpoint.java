package io.veilflow.mpc.transport;

/**
 * Where a party listens and how it is recognised: all public.
 *
 * @param host a name or address; a party listens on its own
 * @param certificatePin SHA-256 of the TLS certificate's DER, 32 bytes
 * @param identityKey Ed25519 public key, 32 bytes
 */
public record PartyEndpoint(String host, int port, byte[] certificatePin, byte[] identityKey) {
    public PartyEndpoint {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port " + port);
        }
        if (certificatePin.length != 32 || identityKey.length != 32) {
            throw new IllegalArgumentException("certificate pin and identity key have 32 bytes each");
        }
    }
}
