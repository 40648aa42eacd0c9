package io.veilflow.pipeline.bench;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Session;
import io.veilflow.mpc.threshold.ecdsa.AccountKeyShare;
import io.veilflow.mpc.threshold.ecdsa.AccountSigner;

/** Presignatures of the group's account in one batch (PROTOCOLS 9), their verification included. */
final class PresignatureWorkload implements Workload {
    private final AccountKeyShare share;
    private final int batch;

    PresignatureWorkload(PartyId self, int batch) {
        this.share = BenchAccount.share(self);
        this.batch = batch;
    }

    @Override
    public Computed run(Session session, String path) {
        AccountSigner signer = new AccountSigner(session, path, share);
        signer.prepare(batch);
        return opening -> {
            try (signer) {
                return signer.sign(BenchAccount.hash(0)).verifies(share.key().publicPoint(), BenchAccount.hash(0));
            }
        };
    }
}
