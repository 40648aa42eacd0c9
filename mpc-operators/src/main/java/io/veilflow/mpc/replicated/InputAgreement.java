package io.veilflow.mpc.replicated;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import java.security.MessageDigest;

/**
 * The two holders of every input component learn that they hold the same bytes in the same epoch (PROTOCOLS 4.5, order (a)).
 * It comes before the first verification of a session: prover and verifier that hold different components would turn the check
 * itself into a message about a secret. One round, 32 bytes to each peer; message "inputs".
 *
 * <p>Security: one malicious party; the other two compare the component that they share between themselves, so a difference
 * that the third could use is always seen. It can make the honest parties abort, no more.
 *
 * <p>Failure: HOLDERS_DISAGREE, which accuses nobody, since either of the two may have lied.
 */
public final class InputAgreement {
    private static final String LABEL = "inputs";

    private final Operation operation;

    public InputAgreement(Operation operation) {
        this.operation = operation;
    }

    /**
     * @param own all input components i of this session in their canonical encoding, in public order; any length
     * @param next the same of components i+1
     * @throws ProtocolAbortException HOLDERS_DISAGREE
     */
    public void compare(byte[] own, byte[] next) {
        PartyId self = operation.self();
        byte[] ownHash = hash(self, own);
        byte[] nextHash = hash(self.next(), next);
        operation.send(self.previous(), LABEL, ownHash.clone());
        operation.send(self.next(), LABEL, nextHash.clone());
        byte[] nextOfPeer = operation.receive(self.next(), LABEL, ContextHash.BYTES);
        byte[] ownOfPeer = operation.receive(self.previous(), LABEL, ContextHash.BYTES);
        if (!(MessageDigest.isEqual(nextHash, nextOfPeer) & MessageDigest.isEqual(ownHash, ownOfPeer))) {
            throw new ProtocolAbortException(Reason.HOLDERS_DISAGREE, null, operation.path() + "/" + LABEL);
        }
    }

    private byte[] hash(PartyId component, byte[] bytes) {
        return ContextHash.of(
                operation, "veilflow/inputs", operation.epoch(), new byte[] {(byte) component.index()}, bytes);
    }
}
