package io.veilflow.nativelib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The native library in Java machines of their own, where it may run out of memory or be missing. */
class OtherMachinesITCase {
    private static final long LIMIT_SECONDS = 120;

    @TempDir
    private Path directory;

    record Ended(int code, String output) {}

    /** This machine's Java, and what is installed beside it with another version (17 and 25, say). */
    static Stream<Path> installedMachines() throws IOException {
        Path own = Path.of(System.getProperty("java.home")).toRealPath();
        List<Path> homes = new ArrayList<>();
        try (Stream<Path> siblings = Files.list(own.getParent())) {
            for (Path home : siblings.sorted().toList()) {
                if (Files.isExecutable(home.resolve("bin/java")) && Files.exists(home.resolve("release"))) {
                    homes.add(home.toRealPath());
                }
            }
        }
        homes.add(0, own);
        return homes.stream().distinct().filter(home -> feature(home) >= 17);
    }

    private static int feature(Path home) {
        try {
            return Files.readAllLines(home.resolve("release")).stream()
                    .filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.replaceAll("[^0-9]*([0-9]+).*", "$1"))
                    .mapToInt(Integer::parseInt)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    @ParameterizedTest
    @MethodSource("installedMachines")
    void everyInstalledJavaProves(Path home) throws Exception {
        assertEquals(new Ended(0, "proofs 2"), run(home, List.of(), "prove"));
    }

    @Test
    @DisplayName("E18: -Xcheck:jni finds nothing but the signal handlers of Go")
    void theBoundaryIsUsedAsItMayBe() throws Exception {
        Ended ended = run(own(), List.of("-Xcheck:jni"), "prove");
        assertEquals(0, ended.code(), ended.output());
        assertTrue(ended.output().contains("proofs 2"), ended.output());
        assertFalse(ended.output().contains("in native method"), ended.output());
        assertFalse(ended.output().contains("local refs"), ended.output());
    }

    @Test
    @DisplayName(
            "E16: a proof for which the native side has no room is refused, and once others are closed the next one works")
    void noNativeMemoryIsAnException() throws Exception {
        assertEquals(
                new Ended(0, "refused OUT_OF_MEMORY, proofs 2"),
                run(own(), List.of("-Dveilflow.native.memory=400000000"), "native-memory"));
    }

    @Test
    @DisplayName("E16: a result for which the Java heap has no room is an OutOfMemoryError, and the next proof works")
    void noHeapIsAnError() throws Exception {
        assertEquals(
                new Ended(0, "refused OutOfMemoryError, proofs 2"),
                run(own(), List.of("-Xmx64m", "-XX:+UseSerialGC"), "heap"));
    }

    @Test
    @DisplayName("E19: without its library, or with another one than was built, a program does not start")
    void withoutTheLibraryNothingStarts() throws Exception {
        Path library = Files.writeString(directory.resolve("libveilflow.so"), "something else");
        Files.writeString(Path.of(library + ".sha256"), "00");
        for (Path path : List.of(library, directory.resolve("none.so"))) {
            Ended ended = run(own(), List.of("-Dveilflow.native.library=" + path), "require");
            assertEquals(1, ended.code(), ended.output());
            assertTrue(
                    ended.output().contains("LIBRARY_UNAVAILABLE: tried veilflow.native.library=" + path),
                    ended.output());
        }
    }

    private static Path own() {
        return Path.of(System.getProperty("java.home"));
    }

    private Ended run(Path home, List<String> flags, String mode) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(home.resolve("bin/java").toString(), "-Xmx256m"));
        if (feature(home.toRealPath()) >= 24) {
            command.add("--enable-native-access=ALL-UNNAMED");
            command.add("--sun-misc-unsafe-memory-access=allow"); // protobuf
        }
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), NativeProgram.class.getName(), mode));
        Path log = Files.createTempFile(directory, "machine", ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertTrue(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS), () -> "still running: " + mode);
            return new Ended(process.exitValue(), Files.readString(log).strip());
        } finally {
            process.destroyForcibly();
        }
    }
}
