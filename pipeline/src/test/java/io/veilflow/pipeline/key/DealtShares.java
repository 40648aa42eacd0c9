package io.veilflow.pipeline.key;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.testing.SharedAccount;
import io.veilflow.mpc.threshold.KeyShare;
import io.veilflow.mpc.threshold.Scalar;
import io.veilflow.mpc.threshold.TestKeys;
import io.veilflow.mpc.threshold.ecdsa.AccountKey;
import io.veilflow.mpc.threshold.ecdsa.AccountKeyShare;
import java.security.SecureRandom;
import java.util.List;

/** Shares of one key in any generation, dealt by one hand. */
final class DealtShares {
    private static final long SEED = 41;

    private DealtShares() {}

    /** Of the key that signs results; generations of the same key, by party index. */
    static List<GroupShare> ofResults(int generation) {
        return shares(KeyPurpose.RESULT, generation);
    }

    static List<GroupShare> shares(KeyPurpose purpose, int generation) {
        Scalar secret = Scalar.random(TestKeys.seeded(SEED));
        SecureRandom slopes = TestKeys.seeded(SEED + generation);
        return TestKeys.shares(secret, Scalar.random(slopes), generation).stream()
                .map(share -> closing(purpose, share))
                .toList();
    }

    static GroupShare ofResults(int generation, PartyId party) {
        return ofResults(generation).get(party.index());
    }

    /** Of the account's key; the components are those of the first generation in every one. */
    static GroupShare ofAccount(int generation, PartyId party) {
        try (AccountKeyShare first = SharedAccount.seeded(SEED).share(party)) {
            AccountKey key = first.key();
            AccountKey later = new AccountKey(key.point(), key.componentPoints(), generation, key.transcript());
            try (AccountKeyShare share = AccountKeyShare.of(party, later, first.exposeComponents())) {
                return GroupShare.of(share);
            }
        }
    }

    private static GroupShare closing(KeyPurpose purpose, KeyShare share) {
        try (share) {
            return GroupShare.of(purpose, share);
        }
    }
}
