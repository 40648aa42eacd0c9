package io.veilflow.pipeline.audit;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.submission.ComponentCommitments;
import io.veilflow.zk.statement.Statement;
import io.veilflow.zk.verify.Proof;
import io.veilflow.zk.verify.VerificationResult;
import java.util.List;
import java.util.Optional;

/** What an audit needs of curve and pairing. */
interface ProofSystem {
    /** @throws RuntimeException if the bytes are not the basis of this job */
    ComponentCommitments commitments(JobTerms terms, byte[] basis);

    /**
     * Holds a proof against its statement and the commitments of all books in the window.
     *
     * @param commitments points of 64 bytes; their sum must be the proof's D
     */
    VerificationResult verify(byte[] verifyingKey, Statement statement, Proof proof, List<ByteString> commitments);

    /**
     * D: the sum of commitments, {@code x || y}.
     *
     * @return empty if they have no sum
     */
    Optional<ByteString> sum(List<ByteString> commitments);
}
