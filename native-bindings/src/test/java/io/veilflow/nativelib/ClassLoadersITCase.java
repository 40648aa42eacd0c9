package io.veilflow.nativelib;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The class loaders of Flink. Jars in {@code lib/} are on the parent path: one class, one library, for all jobs. A job's own jar
 * is loaded by a loader of its own, child first; the bundled file is copied anew there, so that a second runtime stands beside the
 * first instead of an {@code UnsatisfiedLinkError}.
 */
class ClassLoadersITCase {
    @Test
    void onTheParentPathAllJobsShareOneLibrary() throws Exception {
        NativeProver.requireLibrary();
        try (URLClassLoader job = new URLClassLoader(classPath(), getClass().getClassLoader())) {
            assertSame(NativeProver.class, job.loadClass(NativeProver.class.getName()));
        }
    }

    @Test
    void inTheJarsOfTwoJobsEachHasItsOwn() throws Exception {
        byte[] digest = NativeProver.compile(SmallRule.bytes()).circuitDigest();
        for (int job = 0; job < 2; job++) {
            try (URLClassLoader loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
                Class<?> prover = loader.loadClass(NativeProver.class.getName());
                assertNotSame(NativeProver.class, prover);
                Object circuit = prover.getMethod("compile", byte[].class).invoke(null, (Object) SmallRule.bytes());
                assertArrayEquals(digest, (byte[])
                        circuit.getClass().getMethod("circuitDigest").invoke(circuit));
            }
        }
        assertEquals(32, digest.length);
    }

    private static URL[] classPath() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }
}
