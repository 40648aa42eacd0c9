package io.veilflow.pipeline.job;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;

/**
 * One of the three parties as the others know it.
 *
 * @param host where its links listen
 * @param port where its links listen
 * @param identityKey Ed25519, 32 bytes
 * @param tlsPin SHA-256 of the DER bytes of its TLS certificate
 */
public record EnrolledParty(PartyId id, String host, int port, ByteString identityKey, ByteString tlsPin) {
    /** Name of its log on the board. */
    public String writer() {
        return writer(id);
    }

    /** Name of the log of a party's operator on the board; its records are signed with the party's identity. */
    public static String operator(PartyId id) {
        return "operator-" + id.index();
    }

    /** Name of a party's log on the board. */
    public static String writer(PartyId id) {
        return "party-" + id.index();
    }
}
