package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.pipeline.wire.UnitKind;
import java.nio.ByteBuffer;

/**
 * What parties say to each other about attempts, over the control frames of an epoch. The link says who speaks; these
 * messages choose no content, they only order attempts at a manifest that all three have signed.
 *
 * @param root of the unit's manifest, 32 bytes
 * @param attempt READY and DONE: the largest that the sender journalled; else the attempt meant
 */
record ControlMessage(Type type, UnitId unit, ByteString root, int attempt) {
    enum Type {
        /** A follower to P0: it has the sealed manifest and waits for the start. */
        READY(1),
        /** P0 to the followers: the attempt begins. */
        START(2),
        /** A follower to P0: the attempt ended well here, or one before it. */
        DONE(3),
        /** A follower to P0: the attempt failed here. */
        FAILED(4),
        /** P0 to the followers: this attempt counts for nothing, say READY again. */
        RETRY(5),
        /** To everybody whom the sender speaks to: it begins no further attempt at anything. Unit and root mean nothing. */
        HOLD(7);

        private final int code;

        Type(int code) {
            this.code = code;
        }
    }

    static final int BYTES = 1 + 1 + 8 + 32 + 4;

    byte[] bytes() {
        return ByteBuffer.allocate(BYTES)
                .put((byte) type.code)
                .put((byte) unit.kind().getNumber())
                .putLong(unit.id())
                .put(root.toByteArray())
                .putInt(attempt)
                .array();
    }

    /** @throws ProtocolAbortException UNEXPECTED_MESSAGE, naming the peer */
    static ControlMessage read(PartyId from, byte[] bytes) {
        if (bytes.length != BYTES) {
            throw unexpected(from);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        Type type = type(from, in.get());
        UnitKind kind = UnitKind.forNumber(in.get());
        long id = in.getLong();
        byte[] root = new byte[32];
        in.get(root);
        int attempt = in.getInt();
        if (kind != UnitKind.BATCH && kind != UnitKind.WINDOW || id < 0 || attempt < 0) {
            throw unexpected(from);
        }
        return new ControlMessage(type, new UnitId(kind, id), ByteString.copyFrom(root), attempt);
    }

    private static Type type(PartyId from, int code) {
        for (Type type : Type.values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw unexpected(from);
    }

    private static ProtocolAbortException unexpected(PartyId from) {
        return new ProtocolAbortException(ProtocolAbortException.Reason.UNEXPECTED_MESSAGE, from, "control message");
    }
}
