package io.veilflow.pipeline.cli;

import io.veilflow.pipeline.config.ConfigurationException;
import io.veilflow.pipeline.job.JobDefinition;
import io.veilflow.pipeline.job.JobFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The option by which commands find their job. */
final class JobOptions {
    private static final long BYTES_MAX = 16 << 20;

    @Option(
            names = "--job",
            required = true,
            paramLabel = "FILE",
            description = "The job file, the same for everybody.")
    private Path file;

    JobDefinition read() {
        return read(file);
    }

    static JobDefinition read(Path file) {
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw new ConfigurationException(file.toString(), List.of("larger than 16 MiB"));
            }
            return JobFile.read(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new ConfigurationException(file.toString(), List.of("cannot be read: " + e.getMessage()));
        }
    }
}
