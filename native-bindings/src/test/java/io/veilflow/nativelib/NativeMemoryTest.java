package io.veilflow.nativelib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NativeMemoryTest {
    @Test
    void theNativeSideMayTakeWhatTheHeapLeavesAndAtLeastAQuarter() {
        assertEquals(12L << 30, NativeMemory.share(16L << 30, 4L << 30));
        assertEquals(4L << 30, NativeMemory.share(16L << 30, 15L << 30));
        assertEquals(4L << 30, NativeMemory.share(16L << 30, 64L << 30));
    }

    @Test
    void aLimitIsAPositiveNumberOfBytes() {
        assertEquals(1_000_000_000_000L, NativeMemory.parse("1000000000000"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "2g", "9223372036854775808"})
    void anythingElseIsRefusedByTheNameOfTheProperty(String text) {
        NativeException refused = assertThrows(NativeException.class, () -> NativeMemory.parse(text));
        assertEquals(NativeStatus.INVALID_ARGUMENT, refused.status());
        assertEquals("INVALID_ARGUMENT: veilflow.native.memory=" + text, refused.getMessage());
    }
}
