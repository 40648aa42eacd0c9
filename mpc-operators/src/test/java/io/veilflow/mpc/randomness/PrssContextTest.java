package io.veilflow.mpc.randomness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.veilflow.mpc.session.SessionContext;
import io.veilflow.mpc.session.SessionContext.Kind;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever differs between two uses of randomness makes another key. */
class PrssContextTest {
    private static final byte[] ONE = filled(1);
    private static final byte[] TWO = filled(2);

    private static byte[] filled(int value) {
        byte[] out = new byte[32];
        Arrays.fill(out, (byte) value);
        return out;
    }

    private static String keyOf(SessionContext session, String path, String purpose) {
        try (PrssKey key = new PrssKey(ONE)) {
            return HexFormat.of().formatHex(key.contextKey(PrssContext.of(session, path, purpose)));
        }
    }

    @Test
    void everyFieldOfTheContextMakesAnotherKey() {
        SessionContext base = new SessionContext(ONE, Kind.WINDOW, 1, ONE, 1, ONE);
        List<SessionContext> others = List.of(
                base,
                new SessionContext(TWO, Kind.WINDOW, 1, ONE, 1, ONE),
                new SessionContext(ONE, Kind.BATCH, 1, ONE, 1, ONE),
                new SessionContext(ONE, Kind.WINDOW, 2, ONE, 1, ONE),
                new SessionContext(ONE, Kind.WINDOW, 1, TWO, 1, ONE),
                new SessionContext(ONE, Kind.WINDOW, 1, ONE, 2, ONE),
                new SessionContext(ONE, Kind.WINDOW, 1, ONE, 1, TWO));
        Set<String> keys = new HashSet<>();
        others.forEach(session -> keys.add(keyOf(session, "path", "and")));
        keys.add(keyOf(base, "path/a", "nd"));
        keys.add(keyOf(base, "path", "mul/Fr"));
        keys.add(keyOf(base, "pat", "hand"));
        assertEquals(others.size() + 3, keys.size());
    }

    /** A key's streams begin with a cipher that they share; each goes on with one of its own. */
    @Test
    void streamsOfOneKeyDoNotDisturbEachOther() {
        try (PrssKey key = new PrssKey(ONE)) {
            byte[][] contexts = {PrssContext.text("one"), PrssContext.text("other")};
            PrssStream[] streams = {key.stream(contexts[0]), key.stream(contexts[1])};
            long[][] words = new long[2][700];
            for (int[] piece : new int[][] {{0, 1}, {1, 40}, {41, 59}, {100, 600}}) {
                for (int k = 0; k < streams.length; k++) {
                    streams[k].words(words[k], piece[0], piece[1]);
                }
            }
            for (int k = 0; k < streams.length; k++) {
                long[] alone = new long[words[k].length];
                new PrssStream(key.contextKey(contexts[k])).words(alone, 0, alone.length);
                assertArrayEquals(alone, words[k]);
            }
        }
    }

    @Test
    void keysAndStreamsShowNothing() {
        PrssKey key = new PrssKey(TWO);
        assertEquals("PrssKey", key.toString());
        assertFalse(new PrssStream(new byte[16]).toString().contains("0"));
        key.close();
        assertThrows(IllegalStateException.class, () -> key.contextKey(new byte[0]));
    }

    @Test
    void keysOfAnotherLengthAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new PrssKey(new byte[31]));
        assertThrows(IllegalArgumentException.class, () -> new PrssStream(new byte[17]));
    }
}
