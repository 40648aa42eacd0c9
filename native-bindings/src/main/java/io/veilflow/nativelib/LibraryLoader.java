package io.veilflow.nativelib;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds, checks and loads the library: the absolute path in the property {@value #PATH_PROPERTY} if set, and nothing else
 * then; otherwise the file bundled for this platform, copied to a fresh private directory. Both need their SHA-256 beside
 * them ({@code .sha256}, hexadecimal), and it must match (THREATS E19).
 */
final class LibraryLoader {
    static final String PATH_PROPERTY = "veilflow.native.library";
    private static final String CHECKSUM_SUFFIX = ".sha256";

    private final Optional<String> explicitPath;
    private final String resource;
    private final ClassLoader resources;
    private final Consumer<Path> systemLoad;

    LibraryLoader(Optional<String> explicitPath, String resource, ClassLoader resources, Consumer<Path> systemLoad) {
        this.explicitPath = explicitPath;
        this.resource = resource;
        this.resources = resources;
        this.systemLoad = systemLoad;
    }

    static LibraryLoader ofEnvironment() {
        return new LibraryLoader(
                Optional.ofNullable(System.getProperty(PATH_PROPERTY)),
                resourceName(System.getProperty("os.name"), System.getProperty("os.arch")),
                LibraryLoader.class.getClassLoader(),
                path -> System.load(path.toString()));
    }

    /** Either loaded, or the reason that every later use repeats. */
    record Outcome(Optional<String> failure) {
        void orThrow() {
            if (failure.isPresent()) {
                throw new NativeException(NativeStatus.LIBRARY_UNAVAILABLE, failure.get());
            }
        }
    }

    Outcome load() {
        String tried = explicitPath
                .map(path -> PATH_PROPERTY + "=" + path)
                .orElse("bundled " + resource + " (" + PATH_PROPERTY + " is not set)");
        try {
            if (explicitPath.isPresent()) {
                loadFile(Path.of(explicitPath.get()));
            } else {
                loadBundled();
            }
            return new Outcome(Optional.empty());
        } catch (IOException | UnsatisfiedLinkError | IllegalArgumentException e) {
            return new Outcome(Optional.of("tried " + tried + ": " + e.getMessage()));
        }
    }

    /** The bundled file's name: the platform classifier is spelled as the build spells it. */
    static String resourceName(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT);
        String arch = osArch.toLowerCase(Locale.ROOT);
        String platform = os.startsWith("mac") ? "osx" : os.startsWith("windows") ? "windows" : "linux";
        String machine = arch.equals("amd64") || arch.equals("x86_64")
                ? "x86_64"
                : arch.equals("arm64") || arch.equals("aarch64") ? "aarch_64" : arch;
        String file = platform.equals("osx")
                ? "libveilflow.dylib"
                : platform.equals("windows") ? "veilflow.dll" : "libveilflow.so";
        return "META-INF/native/" + platform + "-" + machine + "/" + file;
    }

    private void loadFile(Path library) throws IOException {
        if (!library.isAbsolute()) {
            throw new IllegalArgumentException("the path is not absolute");
        }
        if (!Files.isRegularFile(library)) {
            throw new IOException("no such file");
        }
        Path checksum = Path.of(library + CHECKSUM_SUFFIX);
        if (!Files.isRegularFile(checksum)) {
            throw new IOException("no checksum file " + checksum);
        }
        requireChecksum(Files.readAllBytes(library), Files.readAllBytes(checksum));
        systemLoad.accept(library);
    }

    private void loadBundled() throws IOException {
        byte[] library = resource(resource);
        requireChecksum(library, resource(resource + CHECKSUM_SUFFIX));
        Path directory = Files.createTempDirectory("veilflow-native-");
        Path file = directory.resolve(resource.substring(resource.lastIndexOf('/') + 1));
        try {
            Files.write(file, library);
            systemLoad.accept(file);
        } finally {
            // On POSIX the mapping outlives the name. Elsewhere the file is in use and both go when the process ends,
            // in the reverse order of their registration.
            if (!file.toFile().delete()) {
                directory.toFile().deleteOnExit();
                file.toFile().deleteOnExit();
            } else if (!directory.toFile().delete()) {
                directory.toFile().deleteOnExit();
            }
        }
    }

    private byte[] resource(String name) throws IOException {
        try (InputStream in = resources.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("no resource " + name + ": the library was not built for this platform");
            }
            return in.readAllBytes();
        }
    }

    private static void requireChecksum(byte[] library, byte[] expected) throws IOException {
        String actual = HexFormat.of().formatHex(sha256(library));
        String wanted = new String(expected, StandardCharsets.US_ASCII).strip();
        if (!actual.equals(wanted)) {
            throw new IOException("checksum " + actual + ", expected " + wanted);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
