package io.veilflow.pipeline.cli;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.audit.AuditReport;
import io.veilflow.pipeline.audit.Auditor;
import io.veilflow.pipeline.config.ConfigurationException;
import io.veilflow.pipeline.post.EthereumView;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code veilflow audit}. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = {
            "Check a job again from the board and the chain alone: no key and no party is needed. Exit code 0 and what",
            "was checked; exit code 1 and the record named if anything is not as it must be."
        },
        footer = {
            "",
            "Example:",
            "  ./veilflow audit --board run/board --rpc http://127.0.0.1:8545 --registry 0x5fbd...0aa3"
        })
final class AuditCommand implements Callable<Integer> {
    @Option(names = "--board", required = true, paramLabel = "DIR", description = "The board's folder, with job.json.")
    private Path board;

    @Option(names = "--rpc", required = true, paramLabel = "URL", description = "Where your node of the chain answers.")
    private URI rpc;

    @Option(
            names = "--registry",
            required = true,
            paramLabel = "ADDRESS",
            description = "The registry that you know, 0x and 40 hexadecimal digits.")
    private String registry;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (!registry.matches("0x[0-9a-fA-F]{40}")) {
            throw new ConfigurationException("--registry", List.of("an address is 0x and 40 hexadecimal digits"));
        }
        ByteString address = ByteString.copyFrom(HexFormat.of().parseHex(registry.substring(2)));
        try (EthereumView chain = EthereumView.connect(rpc, address)) {
            AuditReport report = new Auditor(board, chain).run();
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                JsonLines.print(out, fields(report));
            } else {
                report.lines().forEach(out::println);
                out.flush();
            }
            return report.passed() ? ExitCode.OK : ExitCode.NEGATIVE;
        }
    }

    private static Map<String, Object> fields(AuditReport report) {
        Map<String, Object> counts = new LinkedHashMap<>();
        for (AuditReport.Check check : AuditReport.Check.values()) {
            counts.put(check.name().toLowerCase(Locale.ROOT), report.counts().getOrDefault(check, 0L));
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("audit", report.passed() ? "passed" : "failed");
        fields.put("windows", report.windows());
        fields.put("attested", report.attested());
        fields.put("awaiting", report.awaiting());
        fields.put("skipped", report.skipped());
        fields.put("elsewhere", report.elsewhere());
        report.profile().ifPresent(profile -> fields.put("profile", profile.name()));
        fields.put("checks", counts);
        report.failure()
                .ifPresent(failure -> fields.put("failure", Map.of("at", failure.place(), "what", failure.what())));
        return fields;
    }
}
