package io.veilflow.pipeline.simulate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;

/** Every step of a run, in order: its hash says whether two runs are the same, its end what happened last. */
final class Trace {
    private static final int REMEMBERED = 200;

    private final MessageDigest digest;
    private final Deque<String> last = new ArrayDeque<>();
    private long steps;

    Trace() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this Java runtime has no SHA-256", missing);
        }
    }

    void add(long nanos, String who, String what) {
        String line = nanos / 1_000 + " " + who + " " + what;
        digest.update(line.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
        last.addLast(line);
        if (last.size() > REMEMBERED) {
            last.removeFirst();
        }
        steps++;
    }

    long steps() {
        return steps;
    }

    /** Microseconds, who, what. */
    List<String> last() {
        return List.copyOf(last);
    }

    /** To be asked once, at the end. */
    String hash() {
        return HexFormat.of().formatHex(digest.digest(), 0, 16);
    }
}
