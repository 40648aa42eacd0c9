package io.veilflow.pipeline.job;

import io.veilflow.pipeline.job.kind.JobKind;
import io.veilflow.pipeline.job.kind.JobKinds;
import io.veilflow.pipeline.job.kind.JobParameters;

/**
 * What a job computes: its kind by name, and the kind's parameters.
 *
 * @param kindName of an installed kind
 */
public record JobProgram(String kindName, JobParameters parameters) {
    /** @throws IllegalStateException if this installation does not know the kind */
    public JobKind kind() {
        return JobKinds.named(kindName)
                .orElseThrow(() -> new IllegalStateException(
                        "no kind of job " + kindName + "; installed are " + JobKinds.names()));
    }
}
