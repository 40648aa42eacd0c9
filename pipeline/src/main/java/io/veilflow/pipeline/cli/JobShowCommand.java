package io.veilflow.pipeline.cli;

import io.veilflow.nativelib.CircuitSummary;
import io.veilflow.nativelib.NativeProver;
import io.veilflow.pipeline.demo.DemoOptions;
import io.veilflow.pipeline.job.JobDefinition;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.job.kind.JobParameter;
import io.veilflow.pipeline.job.kind.JobRole;
import io.veilflow.zk.rule.Origin;
import io.veilflow.zk.rule.PublicInput;
import io.veilflow.zk.rule.Role;
import io.veilflow.zk.rule.Rule;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code veilflow job show}. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "What a kind of job, or a job file, computes: roles and their tables, parameters, "
                + "outputs, the rule node by node with its widths, the circuit, public inputs, hash, and "
                + "what a window costs. A kind is shown with the parameters of its demo. Exit code 2 and "
                + "all errors for a job file that is wrong.",
        footer = {
            "",
            "Examples:",
            "  ./veilflow job show vote",
            "  ./veilflow job show market-health --slots 256 --json",
            "  ./veilflow job show job.json"
        })
final class JobShowCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "NAME|FILE", description = "A kind of job, or a job file (.json).")
    private String job;

    @Option(
            names = "--slots",
            paramLabel = "N",
            defaultValue = "" + DemoOptions.DEFAULT_SLOTS,
            description = "Slots of the largest role, for a kind (default: ${DEFAULT-VALUE}).")
    private int slots;

    @Option(names = "--json", description = "Print it as one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ShownJob shown = ShownJob.of(job, slots);
        Rule rule = shown.kind().rule(shown.slots(), shown.parameters());
        CircuitSummary circuit = NativeProver.compile(rule.canonicalBytes());
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("job", shown.kind().name());
        facts.put("summary", shown.kind().summary());
        facts.put("assurance", "proven");
        facts.put("contract", shown.kind().consumption().contract().title());
        facts.put("contractDoes", shown.kind().consumption().explanation());
        shown.definition().ifPresent(definition -> facts.putAll(file(definition)));
        facts.put("roles", roles(shown, rule));
        facts.put("parameters", parameters(shown));
        facts.put(
                "feedColumns",
                shown.kind().feed(feedInputs(rule), shown.parameters()).columns());
        facts.put("outputs", outputs(rule));
        facts.put("rule", rule.name());
        facts.put("ruleHash", HexFormat.of().formatHex(rule.hash()));
        facts.put("circuitDigest", HexFormat.of().formatHex(circuit.circuitDigest()));
        facts.put("limbBits", rule.limbBits());
        facts.put("constraints", circuit.constraints());
        facts.put("advice", circuit.adviceWires());
        facts.put("publicInputs", 1 + circuit.words());
        facts.put("commitments", circuit.commitments());
        facts.put("estimatedSeconds", Math.round(rule.cost().seconds() * 10) / 10.0);
        facts.put("estimatedGas", rule.cost().gas());
        print(facts, rule);
        return ExitCode.OK;
    }

    private void print(Map<String, Object> facts, Rule rule) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            facts.put("nodes", rule.describe().lines().toList());
            JsonLines.print(out, facts);
            return;
        }
        facts.forEach((key, value) -> {
            if (value instanceof List<?> list) {
                out.println(key);
                list.forEach(item -> out.println("  " + text(item)));
            } else {
                out.printf("%-17s %s%n", key, value);
            }
        });
        out.println("estimates are for a window with three parties on two cores, profile M, and for posting it");
        out.println();
        out.print(rule.describe());
        out.flush();
    }

    private static String text(Object item) {
        if (item instanceof Map<?, ?> map) {
            List<String> parts = new ArrayList<>();
            map.forEach((key, value) -> parts.add(key + ": " + value));
            return String.join("; ", parts);
        }
        return item.toString();
    }

    private static Map<String, Object> file(JobDefinition definition) {
        JobTerms terms = new JobTerms(definition);
        HexFormat hex = HexFormat.of();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", definition.name());
        facts.put("jobId", hex.formatHex(terms.jobId().toByteArray()));
        facts.put("configurationHash", hex.formatHex(terms.configurationHash().toByteArray()));
        facts.put("profile", definition.profile().name());
        facts.put("environment", definition.environment().name());
        facts.put("contributors", definition.contributors().size());
        facts.put("chainId", definition.chain().chainId());
        facts.put("registry", "0x" + hex.formatHex(definition.chain().registry().toByteArray()));
        return facts;
    }

    private static List<Map<String, Object>> roles(ShownJob shown, Rule rule) {
        List<Map<String, Object>> roles = new ArrayList<>();
        for (int i = 0; i < rule.roles().size(); i++) {
            JobRole described = shown.kind().roles().get(i);
            Role role = rule.roles().get(i);
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("role", role.name());
            facts.put("contributors", described.contributors());
            facts.put("slot", described.slot());
            facts.put("slots", role.slots());
            facts.put("columns", shown.kind().books(role, shown.parameters()).columns());
            roles.add(facts);
        }
        return roles;
    }

    private static List<Map<String, Object>> parameters(ShownJob shown) {
        List<Map<String, Object>> parameters = new ArrayList<>();
        for (JobParameter parameter : shown.kind().parameters()) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("parameter", parameter.name());
            facts.put("meaning", parameter.meaning());
            facts.put("bounds", parameter.bounds());
            facts.put(
                    "value",
                    switch (parameter.form()) {
                        case NUMBER -> shown.parameters().number(parameter.name());
                        case NUMBERS -> shown.parameters().numbers(parameter.name());
                        case NAMES -> shown.parameters().names(parameter.name());
                    });
            parameters.add(facts);
        }
        return parameters;
    }

    private static List<Map<String, Object>> outputs(Rule rule) {
        return IntStream.range(0, rule.outputs().size())
                .mapToObj(output -> {
                    Map<String, Object> facts = new LinkedHashMap<>();
                    facts.put("output", rule.outputs().get(output).name());
                    facts.put("values", rule.valuesOfOutput(output));
                    facts.put("bits", rule.outputBits(output));
                    facts.put("masked", rule.outputs().get(output).mask().isPresent());
                    return facts;
                })
                .toList();
    }

    private static List<PublicInput> feedInputs(Rule rule) {
        return rule.publicInputs().stream()
                .filter(input -> input.origin() == Origin.FEED)
                .toList();
    }
}
