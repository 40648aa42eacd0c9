package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;

/**
 * The transaction that recorded something, from the registry's event.
 *
 * @param transaction hash, 32 bytes
 * @param gas used by the whole transaction
 * @param window of the result, the first one of a skip or of a new key
 * @param manifestRoot of a result, 32 bytes; else empty
 * @param statement digest of the signed message, 32 bytes; empty for a rotation, whose event does not name it
 */
public record PostReceipt(
        long window, ByteString transaction, long block, long gas, ByteString manifestRoot, ByteString statement) {}
