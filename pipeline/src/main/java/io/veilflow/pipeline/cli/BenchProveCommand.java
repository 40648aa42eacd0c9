package io.veilflow.pipeline.cli;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Profile;
import io.veilflow.pipeline.bench.BenchTable;
import io.veilflow.pipeline.bench.PartyProveBench;
import io.veilflow.pipeline.bench.ProveBench;
import io.veilflow.pipeline.bench.ProveRequest;
import io.veilflow.pipeline.bench.ProveResult;
import io.veilflow.zk.key.KeyCache;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code veilflow bench prove}. */
@Command(
        name = "prove",
        mixinStandardHelpOptions = true,
        description = {
            "Measure the joint prover on a market of so many positions, profile M. Alone on the machine: one party's prover,",
            "its parts, and gnark's own prover on the same inputs and on random ones. Then three party processes over",
            "loopback TLS, from the shares of a sealed manifest's books to the verified proof (median after warm-up, the",
            "slowest party's; the outputs are opened over the links, not over a board). Missing keys are set up first, unsafe."
        },
        footer = {
            "",
            "Examples:",
            "  ./veilflow bench prove --positions 16,64,256,1024",
            "  ./veilflow bench prove --positions 64 --assets 3 --json"
        })
final class BenchProveCommand implements Callable<Integer> {
    @Option(
            names = "--positions",
            split = ",",
            paramLabel = "N",
            defaultValue = "16,64,256,1024",
            description = "Positions of the market, one measurement each (default: ${DEFAULT-VALUE}).")
    private List<Integer> positions;

    @Option(
            names = "--assets",
            paramLabel = "N",
            defaultValue = "1",
            description = "Amounts of collateral and of debt in a position (default: ${DEFAULT-VALUE}).")
    private int assets;

    @Option(names = "--keys", paramLabel = "DIR", description = "Folder of keys (default: .veilflow/keys at home).")
    private Path keys;

    @Mixin
    private FewRuns few;

    @Option(names = "--json", description = "One JSON object per measurement and line.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (assets < 1 || positions.stream().anyMatch(number -> number < 1)) {
            throw new ParameterException(spec.commandLine(), "--positions and --assets: at least 1");
        }
        PrintWriter out = spec.commandLine().getOut();
        BenchTable table = new BenchTable(out);
        if (!json) {
            table.proverHeader(Profile.M);
        }
        Path folder = Optional.ofNullable(keys).orElseGet(KeyCache::defaultDirectory);
        for (int number : positions) {
            ProveResult result =
                    ProveBench.run(new ProveRequest(number, assets, folder, few.orElse(ProveRequest.runsFor(number))));
            if (json) {
                JsonLines.print(out, result);
            } else {
                table.line(result);
            }
        }
        return ExitCode.OK;
    }

    /** {@code veilflow bench prover}: one of the processes that {@code bench prove} starts. */
    @Command(
            name = "prover",
            hidden = true,
            mixinStandardHelpOptions = true,
            description = "One party of a measurement of the prover.",
            footer = {"", "Example: it is started by ./veilflow bench prove, which makes the folder."})
    static final class Party implements Callable<Integer> {
        @Option(names = "--party", required = true, paramLabel = "0|1|2", description = "Which one.")
        private int party;

        @Option(names = "--folder", required = true, paramLabel = "DIR", description = "Identities and figures.")
        private Path folder;

        @Option(names = "--ports", required = true, split = ",", paramLabel = "PORT", description = "Of the three.")
        private List<Integer> ports;

        @Option(names = "--positions", required = true, paramLabel = "N", description = "Positions of the market.")
        private int positions;

        @Option(names = "--assets", required = true, paramLabel = "N", description = "Assets of a position.")
        private int assets;

        @Option(names = "--keys", required = true, paramLabel = "DIR", description = "Folder of keys.")
        private Path keys;

        @Mixin
        private TakenRuns runs;

        @Override
        public Integer call() throws InterruptedException {
            PartyProveBench.run(
                    new ProveRequest(positions, assets, keys, runs.runs()), PartyId.of(party), folder, ports);
            return ExitCode.OK;
        }
    }
}
