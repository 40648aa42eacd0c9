package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;

/**
 * The transaction that recorded a window, from its {@code WindowPosted} event.
 *
 * @param transaction hash, 32 bytes
 * @param gas used by the whole transaction
 * @param manifestRoot 32 bytes
 * @param statement digest of the signed message, 32 bytes
 */
public record PostReceipt(
        long window, ByteString transaction, long block, long gas, ByteString manifestRoot, ByteString statement) {}
