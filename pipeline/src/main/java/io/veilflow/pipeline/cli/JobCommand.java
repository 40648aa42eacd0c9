package io.veilflow.pipeline.cli;

import io.veilflow.pipeline.job.JobDefinition;
import io.veilflow.pipeline.job.JobTerms;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code veilflow job}. */
@Command(
        name = "job",
        mixinStandardHelpOptions = true,
        description = "Look at a job file.",
        subcommands = JobCommand.Show.class)
final class JobCommand {
    /** {@code veilflow job show}. */
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Check a job file and print what follows from it; exit code 2 and all errors if it is wrong.",
            footer = {"", "Example:", "  ./veilflow job show job.json --json"})
    static final class Show implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "FILE", description = "The job file.")
        private Path file;

        @Option(names = "--json", description = "Print it as JSON.")
        private boolean json;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            JobDefinition job = JobOptions.read(file);
            JobTerms terms = new JobTerms(job);
            HexFormat hex = HexFormat.of();
            Map<String, Object> shown = new LinkedHashMap<>();
            shown.put("name", job.name());
            shown.put("jobId", hex.formatHex(terms.jobId().toByteArray()));
            shown.put(
                    "configurationHash", hex.formatHex(terms.configurationHash().toByteArray()));
            shown.put("rule", terms.rule().name());
            shown.put("ruleHash", hex.formatHex(terms.ruleHash().toByteArray()));
            shown.put("profile", job.profile().name());
            shown.put("kind", terms.kind().name());
            shown.put("contributors", job.contributors().size());
            shown.put("slots", job.slots());
            shown.put("chainId", job.chain().chainId());
            shown.put("registry", "0x" + hex.formatHex(job.chain().registry().toByteArray()));
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                JsonLines.print(out, shown);
            } else {
                shown.forEach((key, value) -> out.printf("%-18s %s%n", key, value));
                out.flush();
            }
            return ExitCode.OK;
        }
    }
}
