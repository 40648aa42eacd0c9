package io.veilflow.mpc.transport;

import static io.veilflow.mpc.randomness.PrssContext.encode;
import static io.veilflow.mpc.randomness.PrssContext.text;

import io.veilflow.mpc.session.SessionContext;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hashes by which frames say where they belong (docs/wire.md 9). */
final class FrameNames {
    /** Labels of control frames; their operation path is empty, which no operation's is. */
    static final int HELLO = label("", "hello");

    static final int KEY = label("", "key");
    static final int HEAD = label("", "head");
    static final int ANSWER = label("", "answer");
    static final int CONFIRM = label("", "confirm");
    static final int MESSAGE = label("", "message");
    static final int ALIVE = label("", "alive");
    /** Sent in a session's context when the sender has closed it. */
    static final int END = label("", "end");

    private FrameNames() {}

    static int label(String path, String label) {
        return ByteBuffer.wrap(sha(encode(text("veilflow/label/1"), text(path), text(label))))
                .getInt();
    }

    static byte[] contextHash(SessionContext context) {
        return sha(encode(
                text("veilflow/session/1"),
                context.jobId(),
                u32(context.kind().code()),
                u64(context.id()),
                context.manifestRoot(),
                u32(context.attempt()),
                context.ruleHash()));
    }

    static byte[] u32(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    static byte[] u64(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    static byte[] sha(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }
}
