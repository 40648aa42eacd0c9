package io.veilflow.pipeline.operate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.NetworkListener;
import io.veilflow.pipeline.board.Board;
import io.veilflow.pipeline.config.OperationAccess;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.JobDefinition;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.operate.OperationServer.Answer;
import io.veilflow.pipeline.operate.StatusDocument.Missing;
import io.veilflow.pipeline.party.PartyStage;
import io.veilflow.pipeline.party.PartyView;
import io.veilflow.pipeline.post.ChainView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What one party process shows those who operate it, from its start to its end: {@code /live}, {@code /ready}, {@code /status} and
 * {@code /metrics}. Where it listens stands in {@value #FILE} of its state folder. Thread-safe.
 */
public final class PartyOperation implements AutoCloseable {
    /** In the state folder, while the process runs. */
    static final String FILE = "operation.json";

    /** The driver polls every few milliseconds while it waits. */
    private static final Duration SILENT_WAITING = Duration.ofSeconds(30);
    /** Steps inside a unit end by limits of their own: links, agreement, the size of the circuit. */
    private static final Duration SILENT_IN_UNIT = Duration.ofMinutes(15);

    private static final double MILLIS = 1_000;

    private final PartyId party;
    private final Path file;
    private final EventCounts events = new EventCounts();
    private final LinkWatch links;
    private final OperationServer server;
    private volatile Optional<Running> running = Optional.empty();

    /**
     * A party that has opened its keys.
     *
     * @param view of the core
     * @param journalBytes length of the journal
     * @param flink metrics of the Flink job
     */
    public record Parts(
            JobTerms terms,
            Supplier<PartyView> view,
            Board board,
            ChainView chain,
            LongSupplier journalBytes,
            Supplier<List<MetricFamily>> flink) {}

    private record Running(Parts parts, Readiness readiness) {}

    /**
     * Answers from now on that the party starts.
     *
     * @param stateDirectory says where it listens, once it is this process's alone
     */
    public PartyOperation(PartyId party, OperationAccess access, Path stateDirectory) {
        this.party = party;
        this.links = new LinkWatch(party);
        this.file = stateDirectory.resolve(FILE);
        this.server = new OperationServer(
                access,
                Map.of(
                        "/live",
                        this::live,
                        "/ready",
                        this::ready,
                        "/status",
                        () -> new Answer(200, Answer.JSON, status().json()),
                        "/metrics",
                        () -> new Answer(200, MetricText.MEDIA_TYPE, MetricText.of(families()))));
    }

    /** Told of what happens at the party. */
    public Consumer<JsonNode> events() {
        return events;
    }

    /** Told of its links. */
    public NetworkListener links() {
        return links;
    }

    /**
     * Keys are loaded, the journal is this process's alone and the core is made: from now on there is more to show, and the state folder
     * says where.
     */
    public void attach(Parts parts) {
        running = Optional.of(new Running(
                parts, new Readiness(parts.board(), parts.chain(), parts.terms().jobId(), System::nanoTime)));
        writeAddress();
    }

    @Override
    public void close() {
        server.close();
        if (running.isPresent()) {
            running.get().readiness().close();
            removeAddress();
        }
    }

    private Answer live() {
        boolean live = isLive(view());
        return new Answer(live ? 200 : 503, Answer.JSON, StatusDocument.write(Map.of("live", live)));
    }

    private Answer ready() {
        List<Missing> missing = missing();
        return new Answer(
                missing.isEmpty() ? 200 : 503,
                Answer.JSON,
                StatusDocument.write(Map.of("ready", missing.isEmpty(), "missing", missing)));
    }

    private Optional<PartyView> view() {
        return running.map(known -> known.parts().view().get());
    }

    /** A process that still opens its keys is alive. */
    private static boolean isLive(Optional<PartyView> view) {
        return view.map(seen -> switch (seen.stage()) {
                    case WAITING -> seen.silentMillis() <= SILENT_WAITING.toMillis();
                    case ADMIT, SEAL, EVALUATE, PROVE, SIGN -> seen.silentMillis() <= SILENT_IN_UNIT.toMillis();
                    case STARTING, HELD, STOPPED, ENDED -> true;
                })
                .orElse(true);
    }

    private List<Missing> missing() {
        List<Missing> missing = new ArrayList<>();
        Optional<PartyView> view = view();
        if (view.isEmpty()) {
            missing.add(new Missing("keys", "being opened and loaded"));
        } else if (!isLive(view)) {
            missing.add(new Missing("loop", "has not turned for " + view.get().silentMillis() / 1_000 + " s"));
        }
        view.flatMap(PartyView::hold).ifPresent(reason -> missing.add(new Missing("job", "holds: " + reason)));
        links.missing().ifPresent(reason -> missing.add(new Missing("links", reason)));
        running.ifPresent(known -> missing.addAll(known.readiness().missing()));
        return missing;
    }

    private StatusDocument status() {
        List<Missing> missing = missing();
        Optional<PartyView> view = view();
        Optional<JobDefinition> job = running.map(known -> known.parts().terms().definition());
        OptionalLong epoch = links.epoch();
        return new StatusDocument(
                EnrolledParty.writer(party),
                job.map(JobDefinition::name).orElse(null),
                job.map(known -> known.profile().name()).orElse(null),
                isLive(view),
                missing.isEmpty(),
                missing,
                view.map(PartyView::stage).orElse(PartyStage.STARTING).text(),
                view.flatMap(PartyView::unit).orElse(null),
                view.map(PartyView::stageMillis).orElse(0L),
                view.flatMap(PartyView::lastWindow)
                        .map(StatusDocument.LastWindow::of)
                        .orElse(null),
                view.map(PartyView::lag).map(StatusDocument.Lag::of).orElse(null),
                epoch.isPresent() ? epoch.getAsLong() : null,
                view.flatMap(PartyView::hold).orElse(null));
    }

    private List<MetricFamily> families() {
        List<Missing> missing = missing();
        Optional<PartyView> view = view();
        List<MetricFamily> own = new ArrayList<>(List.of(
                MetricFamily.gauge("veilflow_live", "1 while the main loop turns.", isLive(view) ? 1 : 0),
                MetricFamily.gauge("veilflow_ready", "1 while nothing is missing.", missing.isEmpty() ? 1 : 0),
                MetricFamily.gauge(
                        "veilflow_held",
                        "1 once the job holds at this party.",
                        view.flatMap(PartyView::hold).isPresent() ? 1 : 0)));
        own.addAll(links.families());
        own.addAll(events.families());
        view.ifPresent(seen -> own.addAll(lag(seen)));
        running.ifPresent(known -> own.add(MetricFamily.gauge(
                "veilflow_journal_bytes",
                "Length of the journal.",
                known.parts().journalBytes().getAsLong())));
        List<MetricFamily> flink =
                running.map(known -> known.parts().flink().get()).orElse(List.of());
        return Stream.concat(own.stream(), flink.stream()).toList();
    }

    private static List<MetricFamily> lag(PartyView view) {
        PartyView.Lag lag = view.lag();
        List<MetricFamily> families = new ArrayList<>(List.of(
                StageGauge.of(view.stage()),
                MetricFamily.gauge(
                        "veilflow_silent_seconds", "Since the main loop turned.", view.silentMillis() / MILLIS),
                MetricFamily.gauge(
                        "veilflow_undecided_records", "Contributors' records read and not decided.", lag.records()),
                MetricFamily.gauge("veilflow_open_windows", "Windows closed by a tick and not ended.", lag.windows()),
                MetricFamily.gauge(
                        "veilflow_window_lag_seconds",
                        "Age of the oldest of them; 0 without one.",
                        lag.windowMillis() / MILLIS),
                MetricFamily.gauge("veilflow_open_posts", "Signed and not on the chain.", lag.posts()),
                MetricFamily.gauge(
                        "veilflow_post_lag_seconds",
                        "Age of the oldest of them; 0 without one.",
                        lag.postMillis() / MILLIS)));
        lag.tickMillis()
                .ifPresent(age -> families.add(MetricFamily.gauge(
                        "veilflow_tick_lag_seconds", "Since the last tick of the feeder that counts.", age / MILLIS)));
        view.lastWindow()
                .ifPresent(last -> families.add(MetricFamily.gauge(
                        "veilflow_last_window", "Number of the last window that ended here.", last.window())));
        return families;
    }

    private void writeAddress() {
        InetSocketAddress address = server.address();
        try {
            Files.writeString(
                    file,
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("party", EnrolledParty.writer(party))
                            .put("address", address.getAddress().getHostAddress())
                            .put("port", address.getPort())
                            .toString());
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write " + file, failed);
        }
    }

    private void removeAddress() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot remove " + file, failed);
        }
    }
}
