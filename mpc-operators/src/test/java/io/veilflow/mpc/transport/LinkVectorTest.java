package io.veilflow.mpc.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.PrssStream;
import io.veilflow.mpc.session.SessionContext;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** docs/wire.md 9, byte for byte; the expected values were computed with the executable specification. */
class LinkVectorTest {
    @Test
    void theContextHashIsAsWritten() {
        SessionContext context =
                new SessionContext(count(0, 32), SessionContext.Kind.WINDOW, 7, count(32, 32), 3, count(64, 32));
        assertEquals(
                "3db6a4321d9a3ea5c47f39a01a8a1a430df9635a468d0aaa5c540d9c571d969b",
                HexFormat.of().formatHex(FrameNames.contextHash(context)));
    }

    @Test
    void theLabelHashIsAsWritten() {
        assertEquals(0x48b6c0c6, FrameNames.label("window/mul", "r"));
    }

    @Test
    void theHeaderIsAsWritten() {
        Frame frame = new Frame(count(1, 16), count(100, 32), 0x0102030405060708L, 0x0a0b0c0d, new byte[5]);
        String expected = "00000041" + HexFormat.of().formatHex(count(1, 16))
                + HexFormat.of().formatHex(count(100, 32)) + "0102030405060708" + "0a0b0c0d";
        assertEquals(expected, HexFormat.of().formatHex(frame.header()));
    }

    @Test
    void epochKeysAreAsWritten() {
        byte[] previous = new byte[32];
        byte[] next = new byte[32];
        Arrays.fill(previous, (byte) 1);
        Arrays.fill(next, (byte) 2);
        byte[] runIdAndEpoch = Arrays.copyOf(count(100, 16), 24);
        runIdAndEpoch[23] = 5;
        byte[] context = "context".getBytes(StandardCharsets.UTF_8);
        try (EpochKeys keys = new EpochKeys(PartyId.P2, previous, next, count(0, 96), runIdAndEpoch)) {
            assertArrayEquals(
                    new long[] {0xd5ed5983a08d70e5L, 0x452660dead73dc4aL},
                    words(keys.stream(2, context).orElseThrow()));
            assertArrayEquals(
                    new long[] {0xd6cb72ff5974c5f4L, 0xec0cc4443662fa1cL},
                    words(keys.stream(0, context).orElseThrow()));
            assertThrows(IllegalArgumentException.class, () -> keys.stream(1, context));
            assertEquals("EpochKeys", keys.toString());
            keys.close();
            assertTrue(keys.stream(2, context).isEmpty());
        }
    }

    private static long[] words(PrssStream stream) {
        try (stream) {
            long[] out = new long[2];
            stream.words(out, 0, 2);
            return out;
        }
    }

    private static byte[] count(int from, int length) {
        byte[] out = new byte[length];
        for (int k = 0; k < length; k++) {
            out[k] = (byte) (from + k);
        }
        return out;
    }
}
