package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;

/**
 * A block as a node shows it.
 *
 * @param hash 32 bytes
 * @param time seconds since 1970
 */
record BlockHeader(long number, ByteString hash, long time) {}
