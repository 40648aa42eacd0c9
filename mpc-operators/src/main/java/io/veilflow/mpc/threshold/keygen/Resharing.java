package io.veilflow.mpc.threshold.keygen;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.threshold.GroupKey;
import io.veilflow.mpc.threshold.KeyShare;
import java.security.SecureRandom;
import java.util.Optional;

/** Makes new shares of the same key. */
public final class Resharing {
    private final Operation operation;

    public Resharing(Operation operation) {
        this.operation = operation;
    }

    /** New shares for the three who hold the old ones. */
    public KeyShare refresh(KeyShare old, SecureRandom random) {
        throw new UnsupportedOperationException(operation.path());
    }

    /**
     * New shares for all three, dealt by the two who are not replaced.
     *
     * @param old this party's; empty at the replaced party
     */
    public KeyShare replace(Optional<KeyShare> old, GroupKey group, PartyId replaced, SecureRandom random) {
        throw new UnsupportedOperationException(operation.path());
    }
}
