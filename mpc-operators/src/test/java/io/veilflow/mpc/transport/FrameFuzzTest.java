package io.veilflow.mpc.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameFuzzTest {
    private static final long SEED = 20_261;
    private static final int LIMIT = 4096;

    @Test
    void anyBytesAreAFrameOrAreRefusedByName() throws IOException {
        Random random = new Random(SEED);
        for (int k = 0; k < 20_000; k++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            if (bytes.length >= 4 && random.nextBoolean()) {
                ByteBuffer.wrap(bytes).putInt(random.nextInt(2 * LIMIT) - 100);
            }
            try {
                Frame frame = Frame.read(new DataInputStream(new ByteArrayInputStream(bytes)), LIMIT, PartyId.P1);
                int length = Integer.BYTES + Frame.HEADER_BYTES + frame.payload().length;
                assertTrue(length <= bytes.length, "seed " + SEED + ", case " + k);
                assertArrayEquals(java.util.Arrays.copyOf(bytes, 64), frame.header());
            } catch (LinkException e) {
                assertEquals(Reason.LENGTH, e.failure().reason());
                assertEquals(PartyId.P1, e.failure().peer());
            } catch (EOFException e) {
                assertTrue(bytes.length < LIMIT, "cut, as far as it goes");
            }
        }
    }
}
