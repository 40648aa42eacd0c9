package io.veilflow.pipeline.cli;

import io.veilflow.pipeline.config.ConfigurationException;
import io.veilflow.pipeline.job.kind.JobKind;
import io.veilflow.pipeline.job.kind.JobKinds;
import java.util.List;

/** A kind of job as a user names it. */
final class JobKindOption {
    private JobKindOption() {}

    /** @throws ConfigurationException naming the kinds that there are */
    static JobKind named(String name) {
        return JobKinds.named(name)
                .orElseThrow(() -> new ConfigurationException(
                        "job " + name,
                        List.of("not installed; there are " + String.join(", ", JobKinds.names())
                                + ". VEILFLOW_JOBS names folders and jars of others: docs/jobs.md")));
    }
}
