package io.veilflow.pipeline.cli;

import io.veilflow.pipeline.audit.Auditor;
import io.veilflow.pipeline.board.FileBoard;
import io.veilflow.pipeline.config.ConfigurationException;
import io.veilflow.pipeline.job.JobFile;
import io.veilflow.pipeline.job.JobTerms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The board of a job. */
final class BoardOptions {
    @Option(names = "--board", required = true, paramLabel = "DIR", description = "The board's folder.")
    private Path board;

    @Option(
            names = "--job",
            paramLabel = "FILE",
            description = "The job file (default: job.json in the board's folder).")
    private Path job;

    JobTerms terms() {
        Path file = job == null ? board.resolve(Auditor.JOB_FILE) : job;
        try {
            return new JobTerms(JobFile.read(file.toString(), Files.readAllBytes(file)));
        } catch (IOException failed) {
            throw new ConfigurationException(file.toString(), List.of("cannot be read: " + failed.getMessage()));
        }
    }

    /** The caller closes it. */
    FileBoard open() {
        return FileBoard.open(board);
    }
}
