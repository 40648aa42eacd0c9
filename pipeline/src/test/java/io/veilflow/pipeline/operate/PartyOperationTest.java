package io.veilflow.pipeline.operate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.pipeline.board.FileBoard;
import io.veilflow.pipeline.config.ConfigurationException;
import io.veilflow.pipeline.config.OperationAccess;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.job.SampleJob;
import io.veilflow.pipeline.party.PartyStage;
import io.veilflow.pipeline.party.PartyView;
import io.veilflow.pipeline.party.WindowOutcome;
import io.veilflow.pipeline.post.ChainView;
import io.veilflow.pipeline.post.RegisteredTerms;
import io.veilflow.pipeline.post.SettlementException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a party answers those who operate it, over HTTP. */
class PartyOperationTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String NODE = "https://node.example/planted-access-key";
    private static final Pattern SAMPLE = Pattern.compile(
            "[a-z_]+(\\{[a-z]+=\"[A-Za-z0-9_.+-]*\"(,[a-z]+=\"[A-Za-z0-9_.+-]*\")*})? (-?[0-9.E-]+|\\+Inf)");

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private volatile PartyView view = view(PartyStage.WAITING, 0, Optional.empty());
    private PartyOperation operation;

    @BeforeEach
    void open() {
        operation = new PartyOperation(PartyId.P1, OperationAccess.DEFAULT, folder);
    }

    @AfterEach
    void close() {
        operation.close();
    }

    @Test
    void theStateFolderSaysWhereOnlyWhileThePartyRuns() throws Exception {
        assertFalse(Files.exists(folder.resolve(PartyOperation.FILE)), "another process may still run in this folder");
        attach(new SilentChain());
        assertTrue(Files.exists(folder.resolve(PartyOperation.FILE)));
        operation.close();
        assertFalse(Files.exists(folder.resolve(PartyOperation.FILE)));
    }

    @Test
    @DisplayName("H4: what is missing is said by part and kind, with no address and no text of a fault")
    void whatIsMissingIsSaid() throws Exception {
        attach(new SilentChain());
        HttpResponse<String> ready = awaitMissing("chain");
        assertEquals(503, ready.statusCode());
        assertTrue(ready.body().contains("the chain's node: UNREACHABLE"), ready.body());
        assertTrue(ready.body().contains("the parties have not connected yet"), ready.body());
        operation
                .links()
                .connectionFailed(new ProtocolAbortException(
                        ProtocolAbortException.Reason.TIMEOUT, PartyId.P2, "connecting to 10.1.2.3:4711"));
        assertTrue(
                get("/ready").body().contains("no links: TIMEOUT, P2"),
                get("/ready").body());
        view = view(PartyStage.HELD, 0, Optional.of("4 attempts failed"));
        assertTrue(
                get("/status").body().contains("holds: 4 attempts failed"),
                get("/status").body());
        for (String path : List.of("/live", "/ready", "/status", "/metrics")) {
            String body = get(path).body();
            assertFalse(body.contains("planted") || body.contains("10.1.2.3"), body);
        }
    }

    @Test
    void aLoopThatDoesNotTurnIsNotAlive() throws Exception {
        attach(new SilentChain());
        assertEquals(200, get("/live").statusCode());
        view = view(PartyStage.WAITING, 31_000, Optional.empty());
        assertEquals(503, get("/live").statusCode());
        assertTrue(
                get("/ready").body().contains("has not turned for 31 s"),
                get("/ready").body());
        view = view(PartyStage.PROVE, 31_000, Optional.empty());
        assertEquals(200, get("/live").statusCode(), "a proof may take its time");
    }

    @Test
    @DisplayName("H4, B7: labels come from fixed sets, whatever contributors and peers write")
    void labelsAreFixed() throws Exception {
        attach(new SilentChain());
        operation.links().epochStarted(7);
        Set<String> before = series(get("/metrics").body());
        for (int i = 0; i < 1_000; i++) {
            operation
                    .events()
                    .accept(JsonNodeFactory.instance
                            .objectNode()
                            .put("event", i % 2 == 0 ? "rejected" : "planted-" + i)
                            .put("contributor", "bank-" + i)
                            .put("reason", "planted\n" + i));
        }
        String body = get("/metrics").body();
        assertEquals(before, series(body));
        assertFalse(body.contains("planted") || body.contains("bank-"), body);
        assertTrue(body.contains("veilflow_rejected_records_total{reason=\"other\"} 500\n"), body);
        assertTrue(body.contains("veilflow_events_total{event=\"other\"} 500\n"), body);
        assertTrue(body.contains("veilflow_link_up{peer=\"P0\"} 1\n"), body);
        assertTrue(body.contains("veilflow_epoch 7\n"), body);
        body.lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> assertTrue(SAMPLE.matcher(line).matches(), line));
    }

    @Test
    void windowsAreCountedByOutcomeWithTheirStages() throws Exception {
        attach(new SilentChain());
        ObjectNode window =
                JsonNodeFactory.instance.objectNode().put("event", "window").put("assurance", "proven");
        window.putObject("millis")
                .put("admit", 40)
                .put("seal", 60)
                .put("evaluate", 700)
                .put("prove", 1_500)
                .put("post", 400_000)
                .put("total", 402_300);
        operation.events().accept(window);
        String body = get("/metrics").body();
        assertTrue(body.contains("veilflow_windows_total{outcome=\"proven\"} 1\n"), body);
        assertTrue(body.contains("veilflow_stage_seconds_bucket{le=\"0.05\",stage=\"admit\"} 1\n"), body);
        assertTrue(body.contains("veilflow_stage_seconds_bucket{le=\"0.05\",stage=\"seal\"} 0\n"), body);
        assertTrue(body.contains("veilflow_stage_seconds_bucket{le=\"300\",stage=\"post\"} 0\n"), body);
        assertTrue(body.contains("veilflow_stage_seconds_bucket{le=\"+Inf\",stage=\"post\"} 1\n"), body);
        assertTrue(body.contains("veilflow_stage_seconds_sum{stage=\"prove\"} 1.5\n"), body);
    }

    @Test
    @DisplayName(
            "B8, H4: nothing but GET at the known paths is answered, and connections that say nothing keep nobody out")
    void strangersAreServedOrTurnedAway() throws Exception {
        attach(new SilentChain());
        assertEquals(404, get("/").statusCode());
        assertEquals(404, get("/metrics/../../etc/passwd").statusCode());
        HttpRequest post = HttpRequest.newBuilder(uri("/live"))
                .POST(HttpRequest.BodyPublishers.ofString("x".repeat(1_000)))
                .build();
        assertEquals(
                405, client.send(post, HttpResponse.BodyHandlers.ofString()).statusCode());
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                Socket socket = new Socket();
                socket.connect(address());
                silent.add(socket);
                if (i < 2) {
                    socket.getOutputStream().write("GET /li".getBytes(StandardCharsets.US_ASCII));
                }
            }
            assertEquals(200, get("/live").statusCode());
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        attach(new SilentChain());
        OperationAccess taken = new OperationAccess("127.0.0.1", address().getPort());
        ConfigurationException refused =
                assertThrows(ConfigurationException.class, () -> new PartyOperation(PartyId.P2, taken, folder));
        assertTrue(refused.getMessage().contains("operation: "), refused.getMessage());
        assertTrue(refused.getMessage().contains("port " + taken.port()), refused.getMessage());
    }

    @Test
    void theFolderOfAJobIsAskedPartyByParty() throws Exception {
        attach(new SilentChain());
        party("one", 1, folder);
        party("two", 2, Files.createDirectory(folder.resolve("empty")));
        Path impostor = Files.createDirectory(folder.resolve("impostor"));
        Files.copy(folder.resolve(PartyOperation.FILE), impostor.resolve(PartyOperation.FILE));
        party("zero", 0, impostor);
        List<PartyAnswer> answers = new PartiesOfFolder(folder).ask(Duration.ofSeconds(30));
        assertEquals(
                List.of("party-1", "party-2", "party-0"),
                answers.stream().map(PartyAnswer::party).toList());
        StatusDocument status = answers.get(0).status().orElseThrow(() -> new AssertionError(answers.toString()));
        assertEquals("market-health", status.job());
        assertEquals(new StatusDocument.LastWindow(3, "proven"), status.lastWindow());
        assertEquals(2, status.lag().windows());
        assertFalse(answers.get(0).isWell(), "there are no links");
        assertTrue(answers.get(1).silence().orElseThrow().contains("does not run"));
        assertTrue(answers.get(2).silence().orElseThrow().contains("somebody else"));
    }

    private void party(String name, int index, Path state) throws IOException {
        Files.writeString(
                Files.createDirectory(folder.resolve(name)).resolve("party.json"),
                JsonNodeFactory.instance
                        .objectNode()
                        .put("party", index)
                        .put("stateDirectory", state.toString())
                        .toString());
    }

    private void attach(ChainView chain) throws IOException {
        FileBoard board = FileBoard.create(folder.resolve("board"));
        operation.attach(new PartyOperation.Parts(
                new JobTerms(SampleJob.definition()), () -> view, board, chain, () -> 4_096, List::of));
    }

    private HttpResponse<String> awaitMissing(String part) throws Exception {
        for (int i = 0; i < 200; i++) {
            HttpResponse<String> ready = get("/ready");
            if (ready.body().contains(part) && !ready.body().contains("not looked at yet")) {
                return ready;
            }
            Thread.sleep(20);
        }
        throw new AssertionError(get("/ready").body());
    }

    /** Names and labels without values. */
    private static Set<String> series(String body) {
        Set<String> series = new TreeSet<>();
        body.lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> series.add(line.substring(0, line.lastIndexOf(' '))));
        return series;
    }

    private InetSocketAddress address() throws IOException {
        JsonNode said = JSON.readTree(Files.readAllBytes(folder.resolve(PartyOperation.FILE)));
        return new InetSocketAddress(
                said.path("address").asText(), said.path("port").asInt());
    }

    private URI uri(String path) throws IOException {
        return URI.create("http://127.0.0.1:" + address().getPort() + path);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofSeconds(10))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static PartyView view(PartyStage stage, long silentMillis, Optional<String> hold) {
        return new PartyView(
                stage,
                Optional.of("window 4"),
                5,
                silentMillis,
                Optional.of(WindowOutcome.proven(3)),
                new PartyView.Lag(Optional.of(120L), 3, 2, 900, 1, 400),
                hold);
    }

    /** A node that does not answer; what it is reached by must not be shown. */
    private static final class SilentChain implements ChainView {
        @Override
        public long chainId() {
            throw unreachable();
        }

        @Override
        public ByteString registry() {
            throw unreachable();
        }

        @Override
        public RegisteredTerms termsOf(ByteString jobId, long window) {
            throw unreachable();
        }

        @Override
        public long nextWindow(ByteString jobId) {
            throw unreachable();
        }

        private static SettlementException unreachable() {
            return new SettlementException(SettlementException.Reason.UNREACHABLE, "no answer of " + NODE);
        }
    }
}
