package io.veilflow.nativelib;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** THREATS E19: no library, or another one than was built, is a clear refusal that names what was tried. */
class LibraryLoaderTest {
    private static final byte[] LIBRARY = "a library".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path directory;

    private final List<Path> loaded = new ArrayList<>();

    @Test
    void aMissingFileIsRefusedAndThePathNamed() {
        Path missing = directory.resolve("libveilflow.so");
        assertRefused(explicit(missing.toString()), missing.toString(), "no such file");
    }

    @Test
    void aRelativePathIsRefused() {
        assertRefused(explicit("libveilflow.so"), "libveilflow.so", "not absolute");
    }

    @Test
    void aFileWithoutItsChecksumIsRefused() throws IOException {
        Path library = Files.write(directory.resolve("libveilflow.so"), LIBRARY);
        assertRefused(explicit(library.toString()), library.toString(), "no checksum file");
    }

    @Test
    void aFileWithAnotherChecksumIsRefused() throws Exception {
        Path library = Files.write(directory.resolve("libveilflow.so"), LIBRARY);
        Files.writeString(Path.of(library + ".sha256"), checksum("another library".getBytes(StandardCharsets.UTF_8)));
        assertRefused(explicit(library.toString()), library.toString(), "checksum");
    }

    @Test
    void aFileWithItsChecksumIsLoadedFromWhereItIs() throws Exception {
        Path library = Files.write(directory.resolve("libveilflow.so"), LIBRARY);
        Files.writeString(Path.of(library + ".sha256"), checksum(LIBRARY) + "\n");
        assertDoesNotThrow(() -> explicit(library.toString()).load().orThrow());
        assertEquals(List.of(library), loaded);
    }

    @Test
    void aPlatformWithoutABundledLibraryIsRefusedByItsName() {
        LibraryLoader loader = bundled("META-INF/native/linux-sparc/libveilflow.so");
        assertRefused(loader, "META-INF/native/linux-sparc/libveilflow.so", "not built for this platform");
    }

    @Test
    void theBundledLibraryIsCopiedCheckedAndRemovedAfterLoading() {
        LibraryLoader loader =
                bundled(LibraryLoader.resourceName(System.getProperty("os.name"), System.getProperty("os.arch")));
        assertDoesNotThrow(() -> loader.load().orThrow());
        assertEquals(1, loaded.size());
        assertFalse(Files.exists(loaded.get(0)), "the copy is still there");
        assertFalse(Files.exists(loaded.get(0).getParent()), "its directory is still there");
    }

    @Test
    void aLibraryThatTheSystemRefusesIsARefusalToo() throws Exception {
        Path library = Files.write(directory.resolve("libveilflow.so"), LIBRARY);
        Files.writeString(Path.of(library + ".sha256"), checksum(LIBRARY));
        LibraryLoader loader = new LibraryLoader(
                Optional.of(library.toString()), "unused", getClass().getClassLoader(), path -> {
                    throw new UnsatisfiedLinkError("invalid ELF header");
                });
        assertRefused(loader, library.toString(), "invalid ELF header");
    }

    @Test
    void platformsAreSpelledAsTheBuildSpellsThem() {
        assertEquals("META-INF/native/linux-x86_64/libveilflow.so", LibraryLoader.resourceName("Linux", "amd64"));
        assertEquals("META-INF/native/linux-aarch_64/libveilflow.so", LibraryLoader.resourceName("Linux", "aarch64"));
        assertEquals(
                "META-INF/native/osx-aarch_64/libveilflow.dylib", LibraryLoader.resourceName("Mac OS X", "aarch64"));
        assertEquals("META-INF/native/osx-x86_64/libveilflow.dylib", LibraryLoader.resourceName("Mac OS X", "x86_64"));
    }

    private LibraryLoader explicit(String path) {
        return new LibraryLoader(Optional.of(path), "unused", getClass().getClassLoader(), loaded::add);
    }

    private LibraryLoader bundled(String resource) {
        return new LibraryLoader(Optional.empty(), resource, getClass().getClassLoader(), loaded::add);
    }

    private void assertRefused(LibraryLoader loader, String tried, String reason) {
        NativeException e =
                assertThrows(NativeException.class, () -> loader.load().orThrow());
        assertEquals(NativeStatus.LIBRARY_UNAVAILABLE, e.status());
        assertTrue(e.getMessage().contains(tried), e.getMessage());
        assertTrue(e.getMessage().contains(reason), e.getMessage());
        assertEquals(List.of(), loaded);
    }

    private static String checksum(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
