package io.veilflow.pipeline.window;

import io.veilflow.pipeline.admit.CheckOutcome;

/** The contributors' records after the check that anyone can make; everybody who has read as far has the same. */
@FunctionalInterface
public interface CheckedRecords {
    /**
     * @param contributor of the job
     * @param record index in its log, within what this reader has seen
     */
    CheckOutcome outcome(String contributor, long record);
}
