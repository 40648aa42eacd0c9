package io.veilflow.pipeline.admit;

import com.google.protobuf.ByteString;
import java.util.HashSet;
import java.util.Set;

/**
 * What of a contributor's log so far decides about its next record: the highest sequence and all record ids of its
 * well-formed records, whether they were admitted in the end or not. It follows from the log alone, so everybody has the
 * same. Not thread-safe.
 */
public final class ContributorHistory {
    private long lastSequence;
    private final Set<ByteString> recordIds = new HashSet<>();

    /** Of an empty log. */
    public ContributorHistory() {
        this(0, Set.of());
    }

    /** As {@link #lastSequence} and {@link #recordIds} gave it. */
    public ContributorHistory(long lastSequence, Set<ByteString> recordIds) {
        this.lastSequence = lastSequence;
        this.recordIds.addAll(recordIds);
    }

    /** Unsigned; 0 before the first. */
    public long lastSequence() {
        return lastSequence;
    }

    public Set<ByteString> recordIds() {
        return Set.copyOf(recordIds);
    }

    /** Notes a submission, unless it repeats something. */
    boolean advance(long sequence, ByteString recordId) {
        if (recordIds.contains(recordId) || !advance(sequence)) {
            return false;
        }
        recordIds.add(recordId);
        return true;
    }

    /** Notes a withdrawal, unless it repeats something. */
    boolean advance(long sequence) {
        if (Long.compareUnsigned(sequence, lastSequence) <= 0) {
            return false;
        }
        lastSequence = sequence;
        return true;
    }
}
