package io.veilflow.mpc.randomness;

import io.veilflow.mpc.session.SessionContext;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The unambiguous encoding of what a PRSS stream is for (PROTOCOLS 4.0, docs/wire.md 9): every field as u32 length, bytes. */
public final class PrssContext {
    private PrssContext() {}

    /** job id, kind, id, manifest root, attempt, rule hash, operation path, purpose. */
    public static byte[] of(SessionContext session, String path, String purpose) {
        return encode(
                session.jobId(),
                text(session.kind().text()),
                text(Long.toString(session.id())),
                session.manifestRoot(),
                text(Integer.toString(session.attempt())),
                session.ruleHash(),
                text(path),
                text(purpose));
    }

    /** fields(a, b, ..) of docs/wire.md 1. */
    public static byte[] encode(byte[]... fields) {
        int length = 0;
        for (byte[] field : fields) {
            length = Math.addExact(length, 4 + field.length);
        }
        ByteBuffer out = ByteBuffer.allocate(length);
        for (byte[] field : fields) {
            out.putInt(field.length).put(field);
        }
        return out.array();
    }

    public static byte[] text(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }
}
