package io.veilflow.pipeline.cli;

import io.veilflow.pipeline.demo.DemoOptions;
import io.veilflow.pipeline.job.JobDefinition;
import io.veilflow.pipeline.job.kind.JobKind;
import io.veilflow.pipeline.job.kind.JobParameters;
import io.veilflow.pipeline.job.kind.JobSlots;
import io.veilflow.pipeline.job.kind.Scenario;
import io.veilflow.pipeline.job.kind.ScenarioRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a user names by a kind or by a job file: the kind with parameters and slots, those of the demo unless a file says others.
 *
 * @param definition of the file, if it was one
 */
record ShownJob(JobKind kind, JobParameters parameters, JobSlots slots, Optional<JobDefinition> definition) {
    /** @param demoSlots of the largest role, for a kind */
    static ShownJob of(String nameOrFile, int demoSlots) {
        Path file = Path.of(nameOrFile);
        if (Files.isRegularFile(file) || nameOrFile.endsWith(".json")) {
            JobDefinition job = JobOptions.read(file);
            return new ShownJob(job.program().kind(), job.program().parameters(), job.roleSlots(), Optional.of(job));
        }
        JobKind kind = JobKindOption.named(nameOrFile);
        Scenario demo = kind.scenario(new ScenarioRequest(1, demoSlots, DemoOptions.SEED, Optional.empty()));
        return new ShownJob(kind, demo.parameters(), demo.slots(), Optional.empty());
    }
}
