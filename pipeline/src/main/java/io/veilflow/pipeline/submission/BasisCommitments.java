package io.veilflow.pipeline.submission;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.zk.commitment.Blinding;
import io.veilflow.zk.commitment.BookCommitments;
import io.veilflow.zk.commitment.G1Point;
import io.veilflow.zk.commitment.InvalidPointException;
import io.veilflow.zk.key.CommitmentBasis;
import java.security.SecureRandom;

/** Commitments under the basis of a job, made by the native library. Thread-safe. */
public final class BasisCommitments implements ComponentCommitments {
    private static final ByteString IDENTITY = ByteString.copyFrom(new byte[ComponentLayout.COMMITMENT_BYTES]);

    private final BookCommitments commitments;

    private BasisCommitments(BookCommitments commitments) {
        this.commitments = commitments;
    }

    /**
     * @param basis content of the basis file
     * @throws io.veilflow.zk.key.KeyException if it is not a basis, or not the one whose digest the job names
     * @throws IllegalArgumentException if it has not one point for every number of the job
     */
    public static BasisCommitments of(JobTerms terms, byte[] basis, SecureRandom random) {
        CommitmentBasis checked = CommitmentBasis.of(basis)
                .requireDigest(terms.definition().basisDigest().toByteArray());
        if (checked.wires() != terms.rule().bookSize()) {
            throw new IllegalArgumentException("a basis of " + checked.wires() + " wires, and a job of "
                    + terms.rule().bookSize());
        }
        return new BasisCommitments(new BookCommitments(checked, random));
    }

    @Override
    public ByteString commit(int firstWire, byte[] numbers, byte[] blinding) {
        try (Blinding rho = Blinding.of(blinding)) {
            return ByteString.copyFrom(
                    commitments.commit(firstWire, numbers, rho).bytes());
        } catch (InvalidPointException identity) {
            return IDENTITY;
        }
    }

    @Override
    public boolean isPoint(ByteString commitment) {
        try {
            G1Point.of(commitment.toByteArray());
            return true;
        } catch (InvalidPointException notAPoint) {
            return false;
        }
    }
}
