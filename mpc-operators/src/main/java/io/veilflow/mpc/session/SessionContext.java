package io.veilflow.mpc.session;

import java.util.Objects;

/**
 * What a session computes on: the public names that every PRSS stream and every frame of it is bound to (PROTOCOLS 4.0).
 *
 * @param jobId 32 bytes
 * @param kind admission batch or window, or a signature of the group's account
 * @param id number of the batch, window or signature
 * @param manifestRoot 32 bytes; the manifest is signed by all three before the session starts; of a signature the hash of its proposal
 * @param attempt from 1; journalled by all three before the first message; a signature has one
 * @param ruleHash 32 bytes
 */
public record SessionContext(byte[] jobId, Kind kind, long id, byte[] manifestRoot, int attempt, byte[] ruleHash) {
    public enum Kind {
        BATCH("batch", 1),
        WINDOW("window", 2),
        /** One signature of the group's account. */
        ACCOUNT("account", 3);

        private final String text;
        private final int code;

        Kind(String text, int code) {
            this.text = text;
            this.code = code;
        }

        /** As in PRSS contexts. */
        public String text() {
            return text;
        }

        /** As in the context hash of frames. */
        public int code() {
            return code;
        }
    }

    public SessionContext {
        Objects.requireNonNull(kind);
        if (jobId.length != 32 || manifestRoot.length != 32 || ruleHash.length != 32) {
            throw new IllegalArgumentException("job id, manifest root and rule hash have 32 bytes each");
        }
        if (id < 0 || attempt < 1) {
            throw new IllegalArgumentException("session id " + id + ", attempt " + attempt);
        }
    }
}
