package io.veilflow.pipeline.key;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Session;
import io.veilflow.mpc.threshold.KeyShare;
import io.veilflow.mpc.threshold.ecdsa.AccountKeyGeneration;
import io.veilflow.mpc.threshold.ecdsa.AccountKeyShare;
import io.veilflow.mpc.threshold.ecdsa.AccountResharing;
import io.veilflow.mpc.threshold.keygen.KeyGeneration;
import io.veilflow.mpc.threshold.keygen.Resharing;
import java.security.SecureRandom;
import java.util.Optional;

/** The protocol that makes shares for a purpose: FROST's, or the account's. The caller closes what it gets. */
final class ShareProtocols {
    private static final String PLACE = "shares";

    private final KeyPurpose purpose;
    private final Session session;
    private final SecureRandom random;

    ShareProtocols(KeyPurpose purpose, Session session, SecureRandom random) {
        this.purpose = purpose;
        this.session = session;
        this.random = random;
    }

    GroupShare create() {
        return switch (purpose) {
            case RESULT, SIGN -> kept(new KeyGeneration(session.operation(PLACE)).generate(purpose.text(), random));
            case ACCOUNT -> kept(new AccountKeyGeneration(session.operation(PLACE)).generate(purpose.text(), random));
        };
    }

    GroupShare refresh(GroupShare old) {
        return switch (purpose) {
            case RESULT, SIGN -> {
                try (KeyShare share = old.keyShare()) {
                    yield kept(new Resharing(session.operation(PLACE)).refresh(share, random));
                }
            }
            case ACCOUNT -> {
                try (AccountKeyShare share = old.accountShare()) {
                    yield kept(new AccountResharing(session.operation(PLACE)).refresh(share, random));
                }
            }
        };
    }

    /** @param old empty at the replaced party */
    GroupShare replace(Optional<GroupShare> old, PublicGroupKey key, PartyId replaced) {
        return switch (purpose) {
            case RESULT, SIGN -> {
                Optional<KeyShare> share = old.map(GroupShare::keyShare);
                try {
                    yield kept(
                            new Resharing(session.operation(PLACE)).replace(share, key.groupKey(), replaced, random));
                } finally {
                    share.ifPresent(KeyShare::close);
                }
            }
            case ACCOUNT -> {
                Optional<AccountKeyShare> share = old.map(GroupShare::accountShare);
                try {
                    yield kept(new AccountResharing(session.operation(PLACE))
                            .replace(share, key.accountKey(), replaced, random));
                } finally {
                    share.ifPresent(AccountKeyShare::close);
                }
            }
        };
    }

    private GroupShare kept(KeyShare share) {
        try (share) {
            return GroupShare.of(purpose, share);
        }
    }

    private static GroupShare kept(AccountKeyShare share) {
        try (share) {
            return GroupShare.of(share);
        }
    }
}
