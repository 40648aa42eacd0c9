package io.veilflow.nativelib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class NativeStatusTest {
    /** The Go constants count from OK = 0 in the order of their declaration; the names agree but for their case. */
    @Test
    void codesAreThoseOfTheNativeSide() throws IOException {
        List<String> declared = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(Path.of("go/internal/abi/status.go"))) {
            String word = line.strip();
            if (word.equals("OK Status = iota")) {
                inside = true;
                word = "OK";
            }
            if (inside && word.equals(")")) {
                break;
            }
            if (inside) {
                declared.add(word.toUpperCase(Locale.ROOT));
            }
        }
        assertTrue(declared.size() > 1, "no constants found");
        List<String> ours = Arrays.stream(NativeStatus.values())
                .filter(status -> status.code() < 100)
                .map(status -> status.name().replace("_", ""))
                .toList();
        assertEquals(declared, ours);
        for (int code = 0; code < ours.size(); code++) {
            assertEquals(code, NativeStatus.values()[code].code());
            assertEquals(NativeStatus.values()[code], NativeStatus.ofCode(code));
        }
    }

    @Test
    void anUnknownCodeAndOneThatOnlyJavaUsesAreInternal() {
        assertEquals(NativeStatus.INTERNAL, NativeStatus.ofCode(99));
        assertEquals(NativeStatus.INTERNAL, NativeStatus.ofCode(-1));
        assertEquals(NativeStatus.INTERNAL, NativeStatus.ofCode(NativeStatus.CLOSED.code()));
    }
}
