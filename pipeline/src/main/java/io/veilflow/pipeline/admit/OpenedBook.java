package io.veilflow.pipeline.admit;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.IntegerShares;

/**
 * This party's two components of one contributor's book, and of the blindings of its commitments. Secret: in memory only,
 * never in a record, a checkpoint or a log, wiped on close. Not thread-safe.
 */
public final class OpenedBook implements AutoCloseable {
    private final String contributor;
    private final ByteString submissionHash;
    private final int firstWire;
    private final IntegerShares numbers;
    private final ElementShares blinding;
    private boolean closed;

    /** Takes the shares over. */
    public OpenedBook(
            String contributor,
            ByteString submissionHash,
            int firstWire,
            IntegerShares numbers,
            ElementShares blinding) {
        this.contributor = contributor;
        this.submissionHash = submissionHash;
        this.firstWire = firstWire;
        this.numbers = numbers;
        this.blinding = blinding;
    }

    public String contributor() {
        return contributor;
    }

    public ByteString submissionHash() {
        return submissionHash;
    }

    /** Index of the book's first number among the job's. */
    public int firstWire() {
        return firstWire;
    }

    /** All numbers of the book, in book order. Belongs to this book. */
    public IntegerShares numbers() {
        requireOpen();
        return numbers;
    }

    /** One element: rho_i and rho_(i+1), this party's components of the blinding of the whole book. Belongs to this book. */
    public ElementShares blinding() {
        requireOpen();
        return blinding;
    }

    @Override
    public void close() {
        closed = true;
        numbers.wipe();
        blinding.wipe();
    }

    @Override
    public String toString() {
        return "OpenedBook[" + contributor + "]";
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the book of " + contributor + " has been wiped");
        }
    }
}
