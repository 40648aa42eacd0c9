package io.veilflow.pipeline.cli;

import com.google.protobuf.ByteString;
import io.veilflow.datasets.csv.CsvTable;
import io.veilflow.pipeline.board.BoardWriter;
import io.veilflow.pipeline.board.FileBoard;
import io.veilflow.pipeline.board.RecordSigner;
import io.veilflow.pipeline.feed.FeedClock;
import io.veilflow.pipeline.feed.Feeder;
import io.veilflow.pipeline.feed.Pace;
import io.veilflow.pipeline.identity.IdentityKind;
import io.veilflow.pipeline.identity.SignerIdentity;
import io.veilflow.pipeline.job.JobDefinition;
import io.veilflow.pipeline.job.JobTerms;
import java.io.PrintWriter;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code veilflow feed}. */
@Command(
        name = "feed",
        mixinStandardHelpOptions = true,
        description = "Sign the job's public values as ticks and post them: they are the job's clock.",
        footer = {
            "",
            "Example:",
            "  ./veilflow feed --job job.json --board board --keys feeder.keys --passphrase feeder.pass \\",
            "      --values prices.csv --interval 5000"
        })
final class FeedCommand implements Callable<Integer> {
    @Mixin
    private JobOptions job;

    @Mixin
    private SignerOptions signer;

    @Option(names = "--board", required = true, paramLabel = "DIR", description = "The board's directory.")
    private Path boardDirectory;

    @Option(
            names = {"--values", "--prices"},
            required = true,
            paramLabel = "FILE",
            description = {
                "A table of values for every window, in the columns of the job's kind: ./veilflow job show KIND prints",
                "them. A job without fed values has the column window alone."
            })
    private Path values;

    @Option(
            names = "--interval",
            paramLabel = "MILLIS",
            defaultValue = "1000",
            description = "Least time between two ticks (default: ${DEFAULT-VALUE}).")
    private long intervalMillis;

    @Option(
            names = "--await",
            split = ",",
            paramLabel = "NAME",
            description =
                    "Before the next tick wait until as many records of each of these contributors are decided as there are ticks.")
    private Set<String> awaited = Set.of();

    @Option(
            names = "--await-limit",
            paramLabel = "MILLIS",
            defaultValue = "60000",
            description = "Longest time to wait for them (default: ${DEFAULT-VALUE}).")
    private long awaitLimitMillis;

    @Option(names = "--json", description = "One JSON object per tick.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        JobDefinition definition = job.read();
        JobTerms terms = new JobTerms(definition);
        List<List<BigInteger>> windows = terms.kind()
                .feed(terms.feedInputs(), definition.program().parameters())
                .read(CsvTable.read(values));
        Pace pace = new Pace(intervalMillis, awaited, awaitLimitMillis);
        try (SignerIdentity feeder =
                        signer.open(IdentityKind.FEEDER, definition.feeder().name());
                FileBoard board = FileBoard.open(boardDirectory);
                BoardWriter log = board.writer(new RecordSigner(
                        ByteString.copyFrom(definition.configurationHash()),
                        feeder.name(),
                        feeder.signingKey()::sign))) {
            new Feeder(terms, board, log, pace, FeedClock.system()).run(windows, this::posted);
        }
        return ExitCode.OK;
    }

    private void posted(long tick) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            JsonLines.print(out, Map.of("tick", tick));
        } else {
            out.println("tick " + tick + " posted");
            out.flush();
        }
    }
}
