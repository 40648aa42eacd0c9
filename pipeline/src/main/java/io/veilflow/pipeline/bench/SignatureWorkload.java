package io.veilflow.pipeline.bench;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Session;
import io.veilflow.mpc.threshold.ecdsa.AccountKeyShare;
import io.veilflow.mpc.threshold.ecdsa.AccountSigner;
import io.veilflow.mpc.threshold.ecdsa.EcdsaSignature;
import java.util.ArrayList;
import java.util.List;

/** Signatures of the group's account from nothing (PROTOCOLS 9): their presignatures in one batch, then one after another. */
final class SignatureWorkload implements Workload {
    private final AccountKeyShare share;
    private final int batch;

    SignatureWorkload(PartyId self, int batch) {
        this.share = BenchAccount.share(self);
        this.batch = batch;
    }

    @Override
    public Computed run(Session session, String path) {
        List<EcdsaSignature> signatures = new ArrayList<>();
        try (AccountSigner signer = new AccountSigner(session, path, share)) {
            signer.prepare(batch);
            for (int k = 0; k < batch; k++) {
                signatures.add(signer.sign(BenchAccount.hash(k)));
            }
        }
        return opening -> {
            boolean right = true;
            for (int k = 0; k < batch; k++) {
                right &= signatures.get(k).verifies(share.key().publicPoint(), BenchAccount.hash(k));
            }
            return right;
        };
    }
}
