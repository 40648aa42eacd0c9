package io.veilflow.pipeline.cli;

import io.veilflow.pipeline.job.kind.JobKind;
import io.veilflow.pipeline.job.kind.JobKinds;
import io.veilflow.pipeline.job.kind.JobRole;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code veilflow job list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "The installed kinds of jobs. All of them are proven.",
        footer = {"", "Example:", "  ./veilflow job list", "docs/jobs.md says how one more is added."})
final class JobListCommand implements Callable<Integer> {
    @Option(names = "--json", description = "One JSON object per kind.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        for (JobKind kind : JobKinds.all()) {
            if (json) {
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("job", kind.name());
                line.put("assurance", "proven");
                line.put("summary", kind.summary());
                line.put("roles", kind.roles().stream().map(JobRole::name).toList());
                line.put("contract", kind.consumption().contract().title());
                JsonLines.print(out, line);
            } else {
                out.printf("%-20s  proven  %-16s  %s%n", kind.name(), contract(kind), kind.summary());
            }
        }
        out.flush();
        return ExitCode.OK;
    }

    private static String contract(JobKind kind) {
        return kind.consumption().contract().title();
    }
}
