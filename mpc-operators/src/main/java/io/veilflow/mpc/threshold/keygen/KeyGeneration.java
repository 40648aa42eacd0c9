package io.veilflow.mpc.threshold.keygen;

import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.threshold.KeyShare;
import java.security.SecureRandom;

/** Makes a group key that nobody has (PROTOCOLS 9). */
public final class KeyGeneration {
    private final Operation operation;

    public KeyGeneration(Operation operation) {
        this.operation = operation;
    }

    /**
     * @param purpose the same at all three; what the key is for
     * @throws io.veilflow.mpc.session.ProtocolAbortException naming the culprit where one is provable; nobody then has a share
     */
    public KeyShare generate(String purpose, SecureRandom random) {
        throw new UnsupportedOperationException(operation.path());
    }
}
