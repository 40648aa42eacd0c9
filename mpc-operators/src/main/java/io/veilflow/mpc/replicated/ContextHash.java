package io.veilflow.mpc.replicated;

import io.veilflow.mpc.randomness.PrssContext;
import io.veilflow.mpc.session.Operation;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256 over a purpose, the operation's path and any number of parts, each with its length: what holders of one component
 * compare (PROTOCOLS 4.2, 4.5). A hash of one place in the program never stands for another.
 */
public final class ContextHash {
    public static final int BYTES = 32;

    private ContextHash() {}

    public static byte[] of(Operation operation, String purpose, byte[]... parts) {
        byte[][] fields = new byte[parts.length + 2][];
        fields[0] = PrssContext.text(purpose);
        fields[1] = PrssContext.text(operation.path());
        System.arraycopy(parts, 0, fields, 2, parts.length);
        try {
            return MessageDigest.getInstance("SHA-256").digest(PrssContext.encode(fields));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }
}
