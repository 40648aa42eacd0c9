package io.veilflow.pipeline.cli;

import io.veilflow.datasets.csv.CsvTable;
import io.veilflow.pipeline.config.ConfigurationException;
import io.veilflow.pipeline.demo.DemoOptions;
import io.veilflow.pipeline.job.kind.ClearCheck;
import io.veilflow.pipeline.job.kind.JobParameter;
import io.veilflow.pipeline.job.kind.JobParameters;
import io.veilflow.pipeline.job.kind.JobRole;
import io.veilflow.pipeline.job.kind.Results;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code veilflow job check}. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Compute a job in the clear, on this machine alone, from tables of records: what the "
                + "parties would publish. Every role needs a table in its columns (./veilflow job show "
                + "prints them); a column named contributor in front says whose slots they are. A kind has "
                + "the parameters of its demo unless --set changes them.",
        footer = {
            "",
            "Examples:",
            "  ./veilflow job check median-and-top --input salaries.csv --set top=5",
            "  ./veilflow job check vote --input registrar=weights.csv --input voter=choices.csv",
            "  ./veilflow job check job.json --input book.csv --feed prices.csv"
        })
final class JobCheckCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "NAME|FILE", description = "A kind of job, or a job file (.json).")
    private String job;

    @Option(
            names = "--input",
            required = true,
            paramLabel = "[ROLE=]FILE",
            description = "The table of a role; without ROLE= if the job has one role only.")
    private List<String> inputs;

    @Option(
            names = "--feed",
            paramLabel = "FILE",
            description = "Values of the feed; those of its first window count. Not for jobs without fed values.")
    private Path feed;

    @Option(
            names = "--set",
            paramLabel = "PARAMETER=VALUE[,VALUE]",
            description = "Another value of a parameter of the kind.")
    private Map<String, String> changed = Map.of();

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ShownJob shown = ShownJob.of(job, DemoOptions.DEFAULT_SLOTS);
        JobParameters parameters = changed(shown);
        ClearCheck check = new ClearCheck(shown.kind(), parameters);
        Results results = check.run(tables(shown), feed == null ? null : CsvTable.read(feed));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("job", shown.kind().name());
            line.put("outputs", results.values());
            line.put("result", shown.kind().meaning(results, parameters));
            JsonLines.print(out, line);
        } else {
            results.values()
                    .forEach((name, values) ->
                            out.println(name + " = " + (values.size() == 1 ? values.get(0) : values)));
            out.println(shown.kind().meaning(results, parameters));
            out.println("computed in the clear, on this machine; nothing was sent");
            out.flush();
        }
        return ExitCode.OK;
    }

    private Map<String, CsvTable> tables(ShownJob shown) {
        List<String> roles = shown.kind().roles().stream().map(JobRole::name).toList();
        Map<String, CsvTable> tables = new LinkedHashMap<>();
        for (String input : inputs) {
            int equals = input.indexOf('=');
            String role = equals < 0 && roles.size() == 1 ? roles.get(0) : input.substring(0, Math.max(0, equals));
            if (!roles.contains(role)) {
                throw new ConfigurationException(
                        "--input " + input, List.of("expected ROLE=FILE with a role of " + String.join(", ", roles)));
            }
            tables.put(role, CsvTable.read(Path.of(input.substring(equals + 1))));
        }
        return tables;
    }

    private JobParameters changed(ShownJob shown) {
        JobParameters parameters = shown.parameters();
        for (Map.Entry<String, String> change : changed.entrySet()) {
            JobParameter parameter = shown.kind().parameters().stream()
                    .filter(declared -> declared.name().equals(change.getKey()))
                    .findFirst()
                    .orElseThrow(() -> new ConfigurationException(
                            "--set " + change.getKey(),
                            List.of("no such parameter; there are "
                                    + shown.kind().parameters().stream()
                                            .map(JobParameter::name)
                                            .toList())));
            List<String> items = change.getValue().isEmpty()
                    ? List.of()
                    : Arrays.asList(change.getValue().split(","));
            parameters = with(parameters, parameter, items);
        }
        List<String> errors = shown.kind().errors(parameters);
        if (!errors.isEmpty()) {
            throw new ConfigurationException("--set", errors);
        }
        return parameters;
    }

    private static JobParameters with(JobParameters parameters, JobParameter parameter, List<String> items) {
        boolean sized = items.size() >= parameter.least() && items.size() <= parameter.most();
        try {
            if (parameter.form() == JobParameter.Form.NAMES && sized) {
                return parameters.withNames(parameter.name(), items);
            }
            List<Long> numbers = items.stream().map(Long::valueOf).toList();
            if (sized
                    && numbers.stream()
                            .allMatch(number -> number >= parameter.minimum() && number <= parameter.maximum())) {
                return parameters.withNumbers(parameter.name(), numbers);
            }
        } catch (NumberFormatException notANumber) {
            throw refused(parameter);
        }
        throw refused(parameter);
    }

    private static ConfigurationException refused(JobParameter parameter) {
        return new ConfigurationException("--set " + parameter.name(), List.of("expected " + parameter.bounds()));
    }
}
