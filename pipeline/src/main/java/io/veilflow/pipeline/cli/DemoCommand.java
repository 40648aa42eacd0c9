package io.veilflow.pipeline.cli;

import io.veilflow.mpc.session.Profile;
import io.veilflow.pipeline.demo.Demo;
import io.veilflow.pipeline.demo.DemoOptions;
import io.veilflow.pipeline.demo.DemoReport;
import io.veilflow.pipeline.demo.JsonReport;
import io.veilflow.pipeline.demo.TextReport;
import io.veilflow.pipeline.job.kind.JobKind;
import io.veilflow.zk.key.KeyCache;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code veilflow demo}. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Run everything on this machine: a test chain, three parties, a feeder and the job's "
                + "institutions, each a process of its own; without --job a lending market through a crash "
                + "and its recovery. Exit code 0 only if every window was proven, accepted by the contract, "
                + "equal to a plain computation on all the books, and audited.",
        footer = {
            "",
            "Examples:",
            "  ./veilflow demo",
            "  ./veilflow demo --job vote",
            "  ./veilflow demo --windows 12 --positions 64 --json",
            "  ./veilflow demo --profile S",
            "  ./veilflow demo --data ../shared/datasets --keep run"
        })
final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--job",
            paramLabel = "NAME",
            defaultValue = DemoOptions.DEFAULT_JOB,
            description = "Kind of job; ./veilflow job list shows them (default: ${DEFAULT-VALUE}).")
    private String job;

    @Option(
            names = "--windows",
            paramLabel = "N",
            defaultValue = "6",
            description = "Windows to compute (default: ${DEFAULT-VALUE}).")
    private int windows;

    @Option(
            names = {"--slots", "--positions"},
            paramLabel = "N",
            description = "Slots of the largest role in all (default: 16; not with --data).")
    private Integer slots;

    @Option(
            names = "--profile",
            paramLabel = "S|M",
            defaultValue = "M",
            description = "Security profile (default: ${DEFAULT-VALUE}). M: malicious with abort. S: semi-honest, "
                    + "products are not verified; whatever comes out says so.")
    private Profile profile;

    @Option(names = "--json", description = "One JSON object per window and line, then one for the audit.")
    private boolean json;

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description = "State of parties, board and chain stays there to look at.")
    private Path keep;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Real records: the folder of data sets, read in place; not every job has some.")
    private Path data;

    @Option(names = "--key-cache", paramLabel = "DIR", description = "Proving keys (default: ~/.veilflow/keys).")
    private Path keyCache = KeyCache.defaultDirectory();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (data != null && slots != null) {
            throw new ParameterException(spec.commandLine(), "--slots: not with --data, which says how many there are");
        }
        JobKind kind = JobKindOption.named(job);
        if (data != null && kind.dataSet().isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "--data: there are no real records for " + job + ", it generates its own");
        }
        PrintWriter out = spec.commandLine().getOut();
        DemoReport report = json ? new JsonReport(out, spec.commandLine().getErr()) : new TextReport(out);
        DemoOptions options = new DemoOptions(
                kind,
                windows,
                slots == null ? DemoOptions.DEFAULT_SLOTS : slots,
                profile,
                Optional.ofNullable(keep),
                Optional.ofNullable(data),
                keyCache);
        return new Demo(options, report).run() ? ExitCode.OK : ExitCode.NEGATIVE;
    }
}
