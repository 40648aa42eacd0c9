package io.veilflow.pipeline.submission;

import com.google.protobuf.ByteString;

/** Commitments to one component of a book under a job's basis: {@code C_j = sum_i x_(j,i) * K_i + rho_j * K_mask}. */
public interface ComponentCommitments {
    /**
     * @param firstWire index of the book's first number among the job's
     * @param numbers the component's numbers mod r, 32 bytes big-endian each; the caller wipes them
     * @param blinding rho_j, canonical, 32 bytes; the caller wipes it
     * @return a point, 64 bytes; zeros if it is the point at infinity, which nobody may publish
     */
    ByteString commit(int firstWire, byte[] numbers, byte[] blinding);

    /** Whether 64 bytes are a point of the curve in canonical form, and not the point at infinity. */
    boolean isPoint(ByteString commitment);
}
