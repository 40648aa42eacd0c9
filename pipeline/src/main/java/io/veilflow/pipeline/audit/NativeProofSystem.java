package io.veilflow.pipeline.audit;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.submission.BasisCommitments;
import io.veilflow.pipeline.submission.ComponentCommitments;
import io.veilflow.zk.commitment.G1Point;
import io.veilflow.zk.commitment.InvalidPointException;
import io.veilflow.zk.key.VerifyingKey;
import io.veilflow.zk.statement.Statement;
import io.veilflow.zk.verify.Proof;
import io.veilflow.zk.verify.ProofVerifier;
import io.veilflow.zk.verify.VerificationResult;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/** gnark's verifier, through the native library. */
final class NativeProofSystem implements ProofSystem {
    @Override
    public ComponentCommitments commitments(JobTerms terms, byte[] basis) {
        return BasisCommitments.of(terms, basis, new SecureRandom());
    }

    @Override
    public VerificationResult verify(
            byte[] verifyingKey, Statement statement, Proof proof, List<ByteString> commitments) {
        Optional<ByteString> expected = sum(commitments);
        if (expected.isEmpty()) {
            return new VerificationResult.Rejected(VerificationResult.Reason.OTHER_COMMITMENTS);
        }
        return new ProofVerifier(VerifyingKey.of(verifyingKey))
                .verify(statement, proof, G1Point.of(expected.get().toByteArray()));
    }

    @Override
    public Optional<ByteString> sum(List<ByteString> commitments) {
        try {
            G1Point sum = G1Point.sum(commitments.stream()
                    .map(point -> G1Point.of(point.toByteArray()))
                    .toList());
            return Optional.of(ByteString.copyFrom(sum.bytes()));
        } catch (InvalidPointException noSum) {
            return Optional.empty();
        }
    }
}
