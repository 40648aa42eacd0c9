package io.veilflow.zk.verify;

/** Whether a proof holds for a statement. A "no" is a value, not an exception. */
public sealed interface VerificationResult {
    boolean accepted();

    record Accepted() implements VerificationResult {
        @Override
        public boolean accepted() {
            return true;
        }
    }

    record Rejected(Reason reason) implements VerificationResult {
        @Override
        public boolean accepted() {
            return false;
        }
    }

    enum Reason {
        /** The statement has not as many public inputs as the key. */
        OTHER_CIRCUIT,
        /** D in the proof is not the sum of the manifest's commitments: it is about other books. */
        OTHER_COMMITMENTS,
        /** The pairing equation does not hold. */
        INVALID_PROOF
    }
}
