package io.veilflow.pipeline.open;

import io.veilflow.mpc.fair.PartySignatures;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.board.MessageSigner;
import io.veilflow.pipeline.identity.VerificationKey;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.JobDefinition;
import java.util.EnumMap;
import java.util.Map;

/** Ed25519 signatures of the parties enrolled in a job. */
public final class JobSignatures implements PartySignatures {
    private final Map<PartyId, VerificationKey> keys = new EnumMap<>(PartyId.class);
    private final MessageSigner own;

    /** @param own of this party; an auditor has none and verifies only */
    public JobSignatures(JobDefinition job, MessageSigner own) {
        this.own = own;
        for (EnrolledParty party : job.parties()) {
            keys.put(party.id(), new VerificationKey(party.identityKey().toByteArray()));
        }
    }

    @Override
    public byte[] sign(byte[] message) {
        return own.sign(message);
    }

    @Override
    public boolean verify(PartyId signer, byte[] message, byte[] signature) {
        return keys.get(signer).verify(message, signature);
    }
}
