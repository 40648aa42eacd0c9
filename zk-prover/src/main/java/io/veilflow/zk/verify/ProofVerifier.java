package io.veilflow.zk.verify;

import io.veilflow.nativelib.NativeProver;
import io.veilflow.zk.commitment.G1Point;
import io.veilflow.zk.key.VerifyingKey;
import io.veilflow.zk.statement.Statement;
import java.util.Arrays;

/**
 * Holds a proof against statement and commitments.
 *
 * <p><b>Protocol</b>: Groth16 (J. Groth, EUROCRYPT 2016) with one or two commitments (BSB22) and their proof of knowledge, by gnark's
 * verifier with the challenge hash of the contract (PROTOCOLS section 8.4); D is compared with the expected sum first (10.3).
 * <b>Security</b>: accepting says that the published outputs are the rule's function of the committed books under the public
 * inputs, as far as the key's trapdoor is unknown. With an unsafe local setup whoever ran it could have made
 * any proof. Thread-safe.
 */
public final class ProofVerifier {
    private final VerifyingKey key;

    public ProofVerifier(VerifyingKey key) {
        this.key = key;
    }

    /**
     * @param expected D, the sum of the commitments of all books in the manifest
     * @throws io.veilflow.nativelib.NativeException INVALID_KEY if the key itself is no key
     */
    public VerificationResult verify(Statement statement, Proof proof, G1Point expected) {
        if (1 + statement.words().size() != key.publicInputs() || proof.commitments() != key.commitments()) {
            return new VerificationResult.Rejected(VerificationResult.Reason.OTHER_CIRCUIT);
        }
        if (!Arrays.equals(proof.commitment(), expected.bytes())) {
            return new VerificationResult.Rejected(VerificationResult.Reason.OTHER_COMMITMENTS);
        }
        if (!NativeProver.verify(key.bytes(), proof.bytes(), statement.publicInputs())) {
            return new VerificationResult.Rejected(VerificationResult.Reason.INVALID_PROOF);
        }
        return new VerificationResult.Accepted();
    }
}
