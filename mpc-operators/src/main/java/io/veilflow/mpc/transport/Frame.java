package io.veilflow.mpc.transport;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One frame (docs/wire.md 9): {@code u32 length || epoch id(16) || context hash(32) || u64 sequence || u32 label hash ||
 * payload}; the length counts all that follows it.
 */
record Frame(byte[] epochId, byte[] contextHash, long sequence, int label, byte[] payload) {
    static final int EPOCH_ID_BYTES = 16;
    static final int CONTEXT_HASH_BYTES = 32;
    /** Of the header without the length. */
    static final int HEADER_BYTES = EPOCH_ID_BYTES + CONTEXT_HASH_BYTES + Long.BYTES + Integer.BYTES;

    /** Length and header, 64 bytes; the payload follows on the wire. */
    byte[] header() {
        return ByteBuffer.allocate(Integer.BYTES + HEADER_BYTES)
                .putInt(HEADER_BYTES + payload.length)
                .put(epochId)
                .put(contextHash)
                .putLong(sequence)
                .putInt(label)
                .array();
    }

    /**
     * Reads one frame. The claimed length is held against the limit before memory is taken (THREATS B7).
     *
     * @throws LinkException LENGTH
     * @throws IOException also at the end of the stream
     */
    static Frame read(DataInputStream in, int limit, PartyId peer) throws IOException, LinkException {
        int length = in.readInt();
        if (length < HEADER_BYTES || length > limit) {
            throw new LinkFailure(
                            Reason.LENGTH,
                            peer,
                            "a frame of " + Integer.toUnsignedString(length) + " bytes, allowed are " + HEADER_BYTES
                                    + " to " + limit)
                    .exception();
        }
        byte[] epochId = new byte[EPOCH_ID_BYTES];
        byte[] contextHash = new byte[CONTEXT_HASH_BYTES];
        in.readFully(epochId);
        in.readFully(contextHash);
        long sequence = in.readLong();
        int label = in.readInt();
        byte[] payload = new byte[length - HEADER_BYTES];
        in.readFully(payload);
        return new Frame(epochId, contextHash, sequence, label, payload);
    }
}
