package io.veilflow.pipeline.audit;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.encoding.Hashes;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.submission.ComponentCommitments;
import io.veilflow.pipeline.submission.PlainCommitments;
import io.veilflow.zk.statement.Statement;
import io.veilflow.zk.verify.Proof;
import io.veilflow.zk.verify.VerificationResult;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Stands in for the pairing in tests of what surrounds it: a "proof" is a hash of statement and key at the front, and the sum of
 * the commitments, truly added up, where D stands. Real proofs are audited by the end-to-end tests.
 */
final class PlainProofSystem implements ProofSystem {
    private static final int D_AT = 256;

    private final ComponentCommitments commitments;

    PlainProofSystem(ComponentCommitments commitments) {
        this.commitments = commitments;
    }

    static byte[] prove(byte[] verifyingKey, Statement statement, List<ByteString> commitments) {
        byte[] proof = new byte[Proof.bytesWith(1)];
        byte[] mark = mark(verifyingKey, statement);
        System.arraycopy(mark, 0, proof, 0, mark.length);
        PlainCommitments.sum(commitments).copyTo(proof, D_AT);
        return proof;
    }

    @Override
    public ComponentCommitments commitments(JobTerms terms, byte[] basis) {
        return commitments;
    }

    @Override
    public VerificationResult verify(
            byte[] verifyingKey, Statement statement, Proof proof, List<ByteString> commitments) {
        if (!ByteString.copyFrom(proof.commitment()).equals(PlainCommitments.sum(commitments))) {
            return new VerificationResult.Rejected(VerificationResult.Reason.OTHER_COMMITMENTS);
        }
        return Arrays.equals(proof.bytes(), prove(verifyingKey, statement, commitments))
                ? new VerificationResult.Accepted()
                : new VerificationResult.Rejected(VerificationResult.Reason.INVALID_PROOF);
    }

    @Override
    public Optional<ByteString> sum(List<ByteString> commitments) {
        return Optional.of(PlainCommitments.sum(commitments));
    }

    private static byte[] mark(byte[] verifyingKey, Statement statement) {
        return Hashes.sha256(verifyingKey, statement.publicInputs());
    }
}
