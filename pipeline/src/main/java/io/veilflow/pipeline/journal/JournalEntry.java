package io.veilflow.pipeline.journal;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.wire.UnitKind;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * One entry of the journal.
 *
 * @param kind batch or window; unspecified for an epoch and a session of the group's account
 * @param id of the batch, window, epoch or session
 * @param number round of a list or manifest, code of the assurance or reason of what is stated and signed, attempt of everything
 *     else, 0 for an epoch and a session
 * @param content public bytes: the message that follows on the board, an attempt's manifest root, a transaction's hash
 */
public record JournalEntry(Type type, UnitKind kind, long id, int number, ByteString content) {
    /** What was about to happen when the entry was written. */
    public enum Type {
        /** Use of an epoch number. */
        EPOCH(1),
        /** Posting of this party's accept list. */
        ACCEPT_LIST(2),
        /** Signing of a manifest. */
        MANIFEST(3),
        /** First message of a session. */
        ATTEMPT(4),
        /** Posting of what a batch decided. */
        BATCH_OUTCOME(5),
        /** Signing of a window's proven result: outputs and proof. */
        RESULT(6),
        /** Posting of what this party states and signs with the group. */
        SIGNATURE(7),
        /** Announcement of a transaction that is on the chain. */
        TRANSACTION(8),
        /** Posting of READY in the opening of a window's outputs: the record itself, with its hashes. */
        OUTPUT_READY(9),
        /** Posting of this party's components of the outputs. */
        OUTPUT_OPENING(10),
        /** Use of opened outputs; every later attempt must come to the same. */
        OUTPUTS(11),
        /** End of an attempt that failed: hash of its stored transcript. */
        TRANSCRIPT(12),
        /** Posting and signing of a skip, under its first window. */
        SKIP(13),
        /** Posting of this party's ABORT in the opening of a window's outputs. */
        OUTPUT_ABORT(14),
        /** Sending of a statement to the chain: its digest and the group's signature. */
        GROUP_SIGNATURE(15),
        /** Next attempt after one that failed by a check. */
        FAILED_CHECK(16),
        /** Use of components that the other holders forwarded: encrypted to this party's own key. */
        FORWARDED(17),
        /** First message of a session of the group's account, by the session's number: hash of the proposal. */
        ACCOUNT_SESSION(18),
        /** Use of the epoch in which a peer stated where its journal stands: under the peer's index, running numbers, the statement. */
        PEER_HEAD(19),
        /** The first entry of a journal that was built again from the board: its number is the generation of the group's result key. */
        REBUILT(20);

        private final int code;

        Type(int code) {
            this.code = code;
        }

        static Type of(int code) {
            for (Type type : values()) {
                if (type.code == code) {
                    return type;
                }
            }
            throw new JournalException("entry of unknown type " + code);
        }
    }

    private static final int FIXED_BYTES = 1 + 1 + 8 + 4;

    public JournalEntry {
        Objects.requireNonNull(type);
        Objects.requireNonNull(content);
        if (id < 0 || number < 0) {
            throw new IllegalArgumentException("journal entry for id " + id + ", number " + number);
        }
    }

    public static JournalEntry epoch(long epoch) {
        return new JournalEntry(Type.EPOCH, UnitKind.UNIT_KIND_UNSPECIFIED, epoch, 0, ByteString.EMPTY);
    }

    byte[] bytes() {
        return ByteBuffer.allocate(FIXED_BYTES + content.size())
                .put((byte) type.code)
                .put((byte) kind.getNumber())
                .putLong(id)
                .putInt(number)
                .put(content.asReadOnlyByteBuffer())
                .array();
    }

    static JournalEntry read(byte[] bytes) {
        if (bytes.length < FIXED_BYTES) {
            throw new JournalException("entry of " + bytes.length + " bytes");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        Type type = Type.of(in.get());
        UnitKind kind = UnitKind.forNumber(in.get());
        if (kind == null) {
            throw new JournalException("entry for a unit of unknown kind");
        }
        return new JournalEntry(type, kind, in.getLong(), in.getInt(), ByteString.copyFrom(in));
    }
}
