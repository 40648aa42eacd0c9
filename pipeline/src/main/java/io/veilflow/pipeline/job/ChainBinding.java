package io.veilflow.pipeline.job;

import com.google.protobuf.ByteString;

/**
 * Where results are posted.
 *
 * @param registry address of the WindowRegistry contract, 20 bytes
 */
public record ChainBinding(long chainId, ByteString registry) {}
