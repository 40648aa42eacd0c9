package io.veilflow.pipeline.job.kind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.pipeline.config.ConfigurationException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that a folder beside the program declares. */
class JobKindsTest {
    @TempDir
    private Path folder;

    @Test
    void aClassThatIsDeclaredAndNotThereIsNamed() throws IOException {
        ConfigurationException refused =
                assertThrows(ConfigurationException.class, () -> declared("org.example.Nowhere"));
        assertTrue(refused.getMessage().contains("META-INF/services"), refused.getMessage());
        assertTrue(refused.getMessage().contains("org.example.Nowhere"), refused.getMessage());
    }

    @Test
    void aClassThatIsNoJobIsNamed() throws IOException {
        ConfigurationException refused =
                assertThrows(ConfigurationException.class, () -> declared(JobKindsTest.class.getName()));
        assertTrue(refused.getMessage().contains(JobKindsTest.class.getName()), refused.getMessage());
    }

    @Test
    void aKindThatIsDeclaredTwiceIsThereOnce() throws IOException {
        assertEquals(
                JobKinds.names(),
                declared(DeskResultsJob.class.getName()).stream()
                        .map(JobKind::name)
                        .toList());
    }

    private List<JobKind> declared(String type) throws IOException {
        Path declarations = folder.resolve("META-INF/services/" + JobKind.class.getName());
        Files.createDirectories(declarations.getParent());
        Files.writeString(declarations, type + "\n");
        try (URLClassLoader classPath =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, JobKind.class.getClassLoader())) {
            return JobKinds.of(classPath);
        }
    }
}
