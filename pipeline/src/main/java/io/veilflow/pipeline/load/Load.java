package io.veilflow.pipeline.load;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Profile;
import io.veilflow.pipeline.board.FileBoard;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.contributor.BookEncoder;
import io.veilflow.pipeline.contributor.PartyKeys;
import io.veilflow.pipeline.demo.ChainLife;
import io.veilflow.pipeline.demo.DemoFolder;
import io.veilflow.pipeline.demo.LocalNetwork;
import io.veilflow.pipeline.job.EnrolledContributor;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.job.PostingPolicy;
import io.veilflow.pipeline.job.standard.ExposureStatisticsJob;
import io.veilflow.pipeline.local.ChildProcess;
import io.veilflow.pipeline.submission.BasisCommitments;
import io.veilflow.pipeline.wire.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** One run under load, from the empty folder to the last decision. */
public final class Load {
    private static final long KEYS_MILLIS = 300_000;
    /** After the last submission was appended. */
    private static final long SETTLE_MILLIS = 300_000;

    private static final long POLL_MILLIS = 5;
    /** A party that is there to stay: the good compiler, and room. */
    private static final List<String> LASTING = List.of("-XX:TieredStopAtLevel=4", "-Xmx1g");

    private static final String GENERATOR = "generator";

    private final LoadRequest request;
    private final LoadProgress progress;

    public Load(LoadRequest request, LoadProgress progress) {
        this.request = request;
        this.progress = progress;
    }

    /** @throws LoadFailedException if a process ends before its time */
    public LoadResult run() throws IOException, InterruptedException {
        try (DemoFolder folder = DemoFolder.create(request.keep());
                LocalNetwork network = LocalNetwork.prepare(
                        folder,
                        new ExposureStatisticsJob(),
                        LoadScenario.of(request),
                        Profile.M,
                        PostingPolicy.provenOnly(),
                        ChainLife.ON_DEMAND,
                        request.keyCache(),
                        progress::preparing);
                FileBoard board = FileBoard.open(folder.board());
                Children children = new Children(network)) {
            Path signed = folder.root().resolve("signed-books");
            long count = sign(network, board, signed);
            return measure(network, board, children, signed, count);
        }
    }

    private long sign(LocalNetwork network, FileBoard board, Path signed) throws IOException, InterruptedException {
        JobTerms terms = network.terms();
        SecureRandom random = new SecureRandom();
        byte[] basis = Files.readAllBytes(network.folder().basisFile());
        BookEncoder encoder = new BookEncoder(terms, BasisCommitments.of(terms, basis, random), random);
        PartyKeys keys = awaitKeys(board, RecordVerifier.of(terms.definition()));
        try (SignedBooks books = new SignedBooks(terms, encoder, keys, network.folder())) {
            return books.write(signed, request, second -> progress.signed(second + 1));
        }
    }

    private LoadResult measure(LocalNetwork network, FileBoard board, Children children, Path signed, long count)
            throws IOException, InterruptedException {
        List<String> names = network.terms().definition().contributors().stream()
                .map(EnrolledContributor::name)
                .toList();
        Arrivals arrivals = new Arrivals(names.size());
        Decisions decisions = new Decisions(board, network.terms().definition(), arrivals);
        Map<String, ProcessFigures> before = children.figures();
        children.startFeeder(request.windowSeconds() * 1_000L);
        CompletableFuture<Long> release = CompletableFuture.supplyAsync(
                () -> release(new Release(network.folder().board(), names, arrivals), signed, count));
        long settled = 0;
        while (!release.isDone() || arrivals.undecided() > 0) {
            decisions.refresh();
            children.requireHealthy();
            progress.running(arrivals.submitted(), arrivals.undecided());
            if (release.isDone() && settled == 0) {
                settled = System.nanoTime();
            }
            if (settled != 0 && (System.nanoTime() - settled) / 1_000_000 > SETTLE_MILLIS) {
                break;
            }
            Thread.sleep(POLL_MILLIS);
        }
        return result(arrivals, decisions, release(release), before, children.figures());
    }

    private LoadResult result(
            Arrivals arrivals,
            Decisions decisions,
            long behindMillis,
            Map<String, ProcessFigures> before,
            Map<String, ProcessFigures> after) {
        Map<String, Long> rejected = new TreeMap<>();
        arrivals.reasons().forEach((reason, number) -> {
            if (reason != Reason.ACCEPTED) {
                rejected.put(reason.name(), number);
            }
        });
        Map<String, LoadResult.Used> used = new LinkedHashMap<>();
        after.forEach((name, figures) -> used.put(
                name,
                new LoadResult.Used(figures.cpuMillis() - before.get(name).cpuMillis(), figures.peakMebibytes())));
        long parties = used.entrySet().stream()
                .filter(process -> !process.getKey().equals(GENERATOR))
                .mapToLong(process -> process.getValue().cpuMillis())
                .sum();
        return new LoadResult(
                request.contributors(),
                request.rate(),
                request.seconds(),
                arrivals.submitted(),
                arrivals.reasons().getOrDefault(Reason.ACCEPTED, 0L),
                rejected,
                arrivals.undecided(),
                decisions.batches(),
                decisions.windows(),
                arrivals.lagOfTheWell(),
                arrivals.lagOfTheBad(),
                behindMillis,
                used,
                (double) parties / PartyId.values().length / arrivals.submitted());
    }

    private static PartyKeys awaitKeys(FileBoard board, RecordVerifier verifier) throws InterruptedException {
        long begin = System.nanoTime();
        Optional<PartyKeys> keys = PartyKeys.read(board, verifier);
        while (keys.isEmpty()) {
            if ((System.nanoTime() - begin) / 1_000_000 > KEYS_MILLIS) {
                throw new LoadFailedException("the parties do not start");
            }
            Thread.sleep(100);
            keys = PartyKeys.read(board, verifier);
        }
        return keys.get();
    }

    private static long release(Release release, Path signed, long count) {
        try {
            return release.run(signed, count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped", e);
        }
    }

    private static long release(CompletableFuture<Long> release) {
        try {
            return release.join();
        } catch (CompletionException failed) {
            throw new LoadFailedException("the generator failed: " + failed.getCause());
        }
    }

    /** The processes of a run. */
    private static final class Children implements AutoCloseable {
        private final LocalNetwork network;
        private final List<ChildProcess> running = new ArrayList<>();

        Children(LocalNetwork network) {
            this.network = network;
            for (PartyId party : PartyId.values()) {
                running.add(network.party(party, Map.of(), LASTING));
            }
        }

        void startFeeder(long intervalMillis) {
            running.add(network.feeder(List.of(), intervalMillis, 0));
        }

        /** Of the parties and of this process, which signs, appends and reads. */
        Map<String, ProcessFigures> figures() throws IOException {
            Map<String, ProcessFigures> figures = new LinkedHashMap<>();
            for (PartyId party : PartyId.values()) {
                figures.put(
                        EnrolledParty.writer(party),
                        ProcessFigures.of(running.get(party.index()).handle()));
            }
            figures.put(GENERATOR, ProcessFigures.of(ProcessHandle.current()));
            return figures;
        }

        void requireHealthy() {
            for (ChildProcess child : running) {
                if (!child.running()) {
                    throw new LoadFailedException(child.name() + " ended with exit code " + child.exitCode()
                            + "; the end of its log:" + System.lineSeparator() + child.lastWords());
                }
            }
        }

        @Override
        public void close() {
            running.forEach(ChildProcess::close);
        }
    }
}
