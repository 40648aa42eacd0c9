package io.veilflow.pipeline.cli;

import io.veilflow.pipeline.board.FileBoard;
import io.veilflow.pipeline.board.RecordSigner;
import io.veilflow.pipeline.config.ConfigurationException;
import io.veilflow.pipeline.contributor.BookEncoder;
import io.veilflow.pipeline.contributor.Contributor;
import io.veilflow.pipeline.feed.BookFollower;
import io.veilflow.pipeline.feed.FeedClock;
import io.veilflow.pipeline.identity.IdentityKind;
import io.veilflow.pipeline.identity.SignerIdentity;
import io.veilflow.pipeline.job.EnrolledContributor;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.job.kind.BookFile;
import io.veilflow.pipeline.submission.BasisCommitments;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code veilflow contribute}. */
@Command(
        name = "contribute",
        mixinStandardHelpOptions = true,
        description = {
            "Split your book into shares, encrypt them to the parties and post them.",
            "Prints whether the parties admitted it; exit code 1 if they did not."
        },
        footer = {
            "",
            "Example:",
            "  ./veilflow contribute --job job.json --board board --basis commitment-basis.bin \\",
            "      --keys north.keys --passphrase north.pass --book book.csv",
            "The columns of book.csv are those of the job's kind: ./veilflow job show KIND prints them. Slots count"
                    + " from 0."
        })
final class ContributeCommand implements Callable<Integer> {
    @Mixin
    private JobOptions job;

    @Mixin
    private SignerOptions signer;

    @ArgGroup(multiplicity = "1")
    private Source source;

    @Option(names = "--board", required = true, paramLabel = "DIR", description = "The board's directory.")
    private Path boardDirectory;

    @Option(
            names = "--basis",
            required = true,
            paramLabel = "FILE",
            description = "The job's commitment basis; its digest stands in the job file.")
    private Path basis;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "Longest wait for a decision about a book (default: ${DEFAULT-VALUE}).")
    private long waitSeconds;

    @Option(names = "--json", description = "One JSON object per book.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private boolean allAdmitted = true;

    /** One book, or one for each window. */
    static final class Source {
        @Option(names = "--book", paramLabel = "FILE", description = "Submit this book now.")
        private Path book;

        @Option(
                names = "--follow",
                paramLabel = "FILE",
                description =
                        "Submit a book whenever the feeder opens a window; the file has the column window in front.")
        private Path follow;
    }

    @Override
    public Integer call() throws InterruptedException {
        JobTerms terms = new JobTerms(job.read());
        EnrolledContributor enrolled = terms.contributor(signer.name())
                .orElseThrow(() -> new ConfigurationException(
                        "contribute", List.of(signer.name() + " is no contributor of this job")));
        BookFile format = new BookFile(
                terms.kind()
                        .books(
                                terms.role(enrolled),
                                terms.definition().program().parameters()),
                enrolled.slots());
        SecureRandom random = new SecureRandom();
        BookEncoder encoder = new BookEncoder(terms, BasisCommitments.of(terms, readBasis(), random), random);
        try (SignerIdentity identity = signer.open(IdentityKind.CONTRIBUTOR, enrolled.name());
                FileBoard board = FileBoard.open(boardDirectory);
                Contributor contributor = new Contributor(
                        terms,
                        board,
                        encoder,
                        new RecordSigner(terms.configurationHash(), identity.name(), identity.signingKey()::sign))) {
            BookFollower follower =
                    new BookFollower(terms, board, contributor, FeedClock.system(), waitSeconds * 1_000);
            if (source.book != null) {
                report(follower.submit(0, format.read(source.book)));
            } else {
                follower.follow(format.readThroughTime(source.follow), this::report);
            }
        }
        return allAdmitted ? ExitCode.OK : ExitCode.NEGATIVE;
    }

    private byte[] readBasis() {
        try {
            return Files.readAllBytes(basis);
        } catch (IOException e) {
            throw new ConfigurationException(basis.toString(), List.of("cannot be read: " + e.getMessage()));
        }
    }

    private void report(BookFollower.Submitted book) {
        allAdmitted &= book.admitted();
        String decision = book.decision().map(Enum::name).orElse("UNDECIDED");
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("window", book.window());
            line.put("record", book.record());
            line.put("decision", decision);
            JsonLines.print(out, line);
        } else {
            out.println("book " + book.record() + ": " + decision);
            out.flush();
        }
    }
}
