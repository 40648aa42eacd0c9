package io.veilflow.mpc.transport;

import io.veilflow.mpc.party.PartyId;
import java.util.List;

/**
 * What this party knows of the three parties and of the run before it connects. The hashes and the run id are public and
 * must be the same at all three; the handshake compares them.
 *
 * @param parties P0, P1, P2 in this order
 * @param configurationHash 32 bytes (docs/wire.md 2)
 * @param ruleHash 32 bytes
 * @param runId 16 bytes
 */
public record LinkConfiguration(
        PartyId self,
        List<PartyEndpoint> parties,
        byte[] configurationHash,
        byte[] ruleHash,
        byte[] runId,
        LinkLimits limits) {
    /** Changes with every change of frames or handshake (docs/wire.md 9). */
    public static final int PROTOCOL_VERSION = 2;

    public LinkConfiguration {
        parties = List.copyOf(parties);
        if (parties.size() != 3) {
            throw new IllegalArgumentException(parties.size() + " parties, not 3");
        }
        if (configurationHash.length != 32 || ruleHash.length != 32 || runId.length != 16) {
            throw new IllegalArgumentException("configuration and rule hash have 32 bytes each, the run id 16");
        }
    }

    public PartyEndpoint party(PartyId party) {
        return parties.get(party.index());
    }
}
