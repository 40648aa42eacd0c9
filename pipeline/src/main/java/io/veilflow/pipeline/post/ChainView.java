package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One registry on one chain, to read. Needs no key. Every method may wait for a node and throws
 * {@link SettlementException}. Thread-safe.
 */
public interface ChainView {
    /** Chain id of the node. */
    long chainId();

    /** Address of the registry, 20 bytes. */
    ByteString registry();

    /**
     * What the registry has fixed for a job's next window.
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
}
