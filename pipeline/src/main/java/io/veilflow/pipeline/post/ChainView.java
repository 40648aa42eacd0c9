package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;

/**
 * What one registry on one chain has fixed, to read. Needs no key. Every method may wait for a node and throws
 * {@link SettlementException}. Thread-safe.
 */
public interface ChainView {
    /** Chain id of the node. */
    long chainId();

    /** Address of the registry, 20 bytes. */
    ByteString registry();

    /**
     * What the registry has fixed for a window of a job; for one to come, what is planned. Terms and keys change at a window number: no
     * window may be judged by another's.
     *
     * @param jobId 32 bytes
     * @throws SettlementException with reason JOB_UNKNOWN if there is no such job
     */
    RegisteredTerms termsOf(ByteString jobId, long window);

    /** The window that the registry takes next: all before it have a result or are skipped. */
    long nextWindow(ByteString jobId);
}
