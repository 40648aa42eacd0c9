package io.veilflow.mpc.threshold.frost;

import io.veilflow.mpc.party.PartyId;
import java.io.ByteArrayOutputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The commitments of the two who sign, ascending by signer. */
public record CommitmentList(List<NonceCommitment> entries) {
    private static final int SIGNERS = 2;

    /** @throws CommitmentListException unless they are of two different signers */
    public CommitmentList {
        entries = entries.stream()
                .sorted(Comparator.comparing(NonceCommitment::signer))
                .toList();
        if (entries.size() != SIGNERS
                || entries.get(0).signer() == entries.get(1).signer()) {
            throw new CommitmentListException("commitments of "
                    + entries.stream().map(NonceCommitment::signer).toList() + ", expected two different signers");
        }
    }

    Set<PartyId> signers() {
        return entries.stream().map(NonceCommitment::signer).collect(Collectors.toSet());
    }

    /** The other of the two. */
    PartyId peerOf(PartyId signer) {
        return entries.get(0).signer() == signer
                ? entries.get(1).signer()
                : entries.get(0).signer();
    }

    boolean contains(NonceCommitment commitment) {
        return entries.contains(commitment);
    }

    byte[] encoded() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        entries.forEach(entry -> entry.writeTo(out));
        return out.toByteArray();
    }
}
