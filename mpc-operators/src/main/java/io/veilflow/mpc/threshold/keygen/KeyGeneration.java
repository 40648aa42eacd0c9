package io.veilflow.mpc.threshold.keygen;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.PrssContext;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import io.veilflow.mpc.threshold.CurvePoint;
import io.veilflow.mpc.threshold.KeyShare;
import io.veilflow.mpc.threshold.Scalar;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a group key that nobody has and of which any two hold enough: each party deals a secret of its own, the key is their sum
 * (PROTOCOLS 9; protocol, security and failures as {@link Dealing}).
 *
 * <p><b>Repetition.</b> If the chain could not take the key, or one share would be the key or nothing, all three see it and deal anew.
 * For honest parties that is a chance of 2^-127.
 */
public final class KeyGeneration {
    static final int ATTEMPTS = 8;

    private static final String LABEL = "veilflow/key-generation/1";
    private static final int FIRST_GENERATION = 1;

    private final Operation operation;

    /** @param operation of a session whose context all three agree on */
    public KeyGeneration(Operation operation) {
        this.operation = operation;
    }

    /**
     * @param purpose the same at all three; what the key is for
     * @return this party's share, which is to be kept aside until all three have said that they hold theirs
     * @throws ProtocolAbortException naming the culprit where one is provable; this party then has no share
     */
    public KeyShare generate(String purpose, SecureRandom random) {
        Map<PartyId, Optional<CurvePoint>> everybody = new EnumMap<>(PartyId.class);
        for (PartyId party : PartyId.values()) {
            everybody.put(party, Optional.empty());
        }
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            byte[] statement = PrssContext.encode(
                    PrssContext.text(LABEL),
                    PrssContext.text(purpose),
                    ByteBuffer.allocate(Integer.BYTES).putInt(attempt).array());
            try (Polynomial mine = Polynomial.dealing(Scalar.random(random), random);
                    Dealt dealt = new Dealing(operation, attempt, statement, everybody).deal(mine, random)) {
                if (dealt.isUsable()) {
                    return dealt.keyShare(FIRST_GENERATION);
                }
            }
        }
        throw new ProtocolAbortException(Reason.CHECK_FAILED, null, operation.path() + ", no key in " + ATTEMPTS);
    }
}
