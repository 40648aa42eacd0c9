package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One registry on one chain. Every method may wait for a node and throws {@link SettlementException}; none keeps state
 * that a restart would lose. Thread-safe.
 */
public interface Chain {
    /** Chain id of the node, checked against the expected one before anything else. */
    long chainId();

    /** Address of the registry, 20 bytes. */
    ByteString registry();

    /**
     * What the registry fixed for a job.
     *
     * @param jobId 32 bytes
     * @throws SettlementException with reason JOB_UNKNOWN if there is none
     */
    RegisteredJob job(ByteString jobId);

    /** The newest posted window; empty before the first. */
    OptionalLong lastWindow(ByteString jobId);

    /** What the registry holds for a window; empty if nothing was posted. */
    Optional<RecordedWindow> window(ByteString jobId, long window);

    /** The transaction that recorded a window; empty if nothing was posted. */
    Optional<PostReceipt> receipt(ByteString jobId, long window);

    /**
     * Posts a window and waits until it is recorded. If exactly this statement stands already, nothing is sent and the
     * receipt of the transaction that recorded it comes back: calling again is always safe.
     *
     * @throws SettlementException CONFLICT if another statement stands for this window; REFUSED if the registry would revert
     *     (nothing was sent); UNREACHABLE or NOT_INCLUDED if it is worth another try
     */
    PostReceipt post(WindowPost post);
}
