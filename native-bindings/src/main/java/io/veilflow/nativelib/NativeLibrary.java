package io.veilflow.nativelib;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The native functions. Each returns a status code and leaves its results, or on failure one UTF-8 message, in {@code
 * out}.
 *
 * <p>SAFETY: no function keeps a reference to a Java array, every one recovers from its own panics, and handles are
 * numbers looked up in a table. Callers check lengths first.
 */
final class NativeLibrary {
    private NativeLibrary() {}

    /** Loads once per process; a failure is remembered and thrown again at every use. */
    static void loaded() {
        Holder.OUTCOME.orThrow();
    }

    static void check(int code, byte[][] out) {
        if (code != NativeStatus.OK.code()) {
            String detail = out[0] == null ? "no detail" : new String(out[0], StandardCharsets.UTF_8);
            throw new NativeException(NativeStatus.ofCode(code), detail);
        }
    }

    static long handleOf(byte[] encoded) {
        if (encoded.length != Long.BYTES) {
            throw new NativeException(NativeStatus.INTERNAL, "handle of " + encoded.length + " bytes");
        }
        return ByteBuffer.wrap(encoded).getLong();
    }

    static native int limitMemory(long bytes, byte[][] out);

    static native int compile(byte[] rule, byte[][] out);

    static native int satisfied(byte[] rule, byte[] witnesses, byte[][] out);

    static native int setupUnsafe(byte[] rule, byte[][] out);

    static native int ceremonyBegin(byte[] rule, byte[][] out);

    static native int ceremonyContribute(byte[] rule, byte[] previous, byte[][] out);

    static native int ceremonyVerify(byte[] rule, byte[] previous, byte[] next, byte[][] out);

    static native int ceremonySecondPhase(byte[] rule, byte[] last, byte[] beacon, byte[][] out);

    static native int ceremonyFinish(
            byte[] rule, byte[] lastFirst, byte[] beaconFirst, byte[] lastSecond, byte[] beaconSecond, byte[][] out);

    static native int loadKey(byte[] rule, byte[] provingKey, byte[] verifyingKey, byte[][] out);

    static native int releaseKey(long key);

    static native int verify(byte[] verifyingKey, byte[] proof, byte[] publicInputs, byte[][] out);

    static native int commit(byte[] points, byte[] scalars, byte[][] out);

    static native int addPoints(byte[] points, byte[][] out);

    static native int isOnCurve(byte[] points, byte[][] out);

    static native int startProof(long key, int party, byte[] witness, byte[][] out);

    static native int stepProof(long proof, byte[] reply, byte[][] out);

    static native int releaseProof(long proof);

    static native int measure(long key, byte[] inputs, int runs, byte[][] out);

    private static final class Holder {
        private static final LibraryLoader.Outcome OUTCOME = load();

        private static LibraryLoader.Outcome load() {
            try {
                long bytes = NativeMemory.limitBytes();
                LibraryLoader.Outcome outcome = LibraryLoader.ofEnvironment().load();
                if (outcome.failure().isEmpty()) {
                    byte[][] out = new byte[1][];
                    check(limitMemory(bytes, out), out);
                }
                return outcome;
            } catch (NativeException e) {
                return new LibraryLoader.Outcome(Optional.of(e.getMessage()));
            }
        }
    }
}
