package io.veilflow.pipeline.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.veilflow.datasets.generate.MarketGenerator;
import io.veilflow.datasets.schema.Book;
import io.veilflow.datasets.schema.Institution;
import io.veilflow.datasets.schema.Market;
import io.veilflow.datasets.schema.MarketWindow;
import io.veilflow.datasets.schema.Position;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Profile;
import io.veilflow.pipeline.identity.ExposedKeys;
import io.veilflow.pipeline.identity.IdentityKind;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.standard.MarketHealthJob;
import io.veilflow.pipeline.job.standard.MarketScenario;
import io.veilflow.pipeline.local.ChildProcess;
import io.veilflow.pipeline.operate.PartiesOfFolder;
import io.veilflow.pipeline.operate.PartyAnswer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A full run of three party processes and four institutions, with amounts planted in every slot: they, and every secret
 * key, are searched for in all that crossed the three links (recorded before encryption), on the board, in the three state
 * folders, in all logs, and in what the parties answer their operators while they run (THREATS B15, D8, H4, H5).
 */
class NothingLeaksITCase {
    private static final long SEED = 40_960;
    private static final int WINDOWS = 2;
    private static final int POSITIONS = 8;
    private static final long LIMIT_SECONDS = 120;
    private static final PartyId STOPPED = PartyId.P2;
    private static final String TAP = "frames.tap";
    private static final String TAP_AGAIN = "frames-again.tap";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private static Path folder;

    private static Market market;
    private static SecretSearch search;
    private static Map<Path, byte[]> everything;
    private static Map<Path, byte[]> running;
    private static final Map<Path, byte[]> answers = new LinkedHashMap<>();
    private static List<PartyAnswer> status;
    private static int stopCode;

    @BeforeAll
    static void runWithPlantedAmounts() throws IOException, InterruptedException {
        market = planted(new MarketGenerator(SEED).market(WINDOWS, POSITIONS), new Random(SEED));
        search = new SecretSearch();
        try (DemoFolder files = DemoFolder.create(Optional.of(folder.resolve("run")));
                LocalNetwork network = LocalNetwork.prepare(
                        files,
                        new MarketHealthJob(),
                        MarketScenario.of(market),
                        Profile.M,
                        Path.of("target", "it-keys"),
                        step -> {})) {
            addAmounts();
            addKeys(files);
            for (PartyId party : List.of(PartyId.P0, PartyId.P1)) {
                network.processes().add(start(network, party, TAP));
            }
            ChildProcess stopped = start(network, STOPPED, TAP);
            network.processes().add(stopped);
            awaitReady(network);
            // nothing ends without a tick, so that the two others are there to be asked
            stop(network, stopped);
            askTheParties(network, answers);
            network.processes().add(start(network, STOPPED, TAP_AGAIN));
            network.startContributors(LIMIT_SECONDS);
            network.startFeeder(
                    market.institutions().stream().map(Institution::name).toList(), 100, LIMIT_SECONDS * 1_000);
            WindowWatch windows = new WindowWatch(network, LIMIT_SECONDS);
            for (int window = 0; window < WINDOWS; window++) {
                assertEquals(
                        ClearLevels.results(market, window).values(),
                        windows.next().outputs());
                if (window == 0) {
                    running = readAll(files);
                    askTheParties(network, running);
                }
            }
            network.processes().awaitEnd(LIMIT_SECONDS * 1_000);
            everything = readAll(files);
            everything.putAll(answers);
        }
    }

    @Test
    @DisplayName("B15, D8, H4, H5: no planted amount and no key is found anywhere, during the run and after it")
    void noPlantedAmountAndNoKeyIsFoundAnywhere() {
        Map<Path, Object> found = new LinkedHashMap<>();
        Stream.of(running, everything)
                .forEach(files -> files.forEach((file, bytes) -> {
                    if (!search.find(bytes).isEmpty()) {
                        found.put(file, search.find(bytes));
                    }
                }));
        assertTrue(found.isEmpty(), () -> "seed " + SEED + ": " + found);
    }

    @Test
    void runningPartiesSayHowTheyAreAndWhoIsAway() {
        assertEquals(
                List.of("party-0", "party-1", "party-2"),
                status.stream().map(PartyAnswer::party).toList());
        assertTrue(status.get(0).status().orElseThrow().live(), status.toString());
        assertTrue(status.get(1).status().orElseThrow().live(), status.toString());
        assertTrue(status.get(2).silence().orElseThrow().contains("does not run"), status.toString());
        String metrics = new String(answers.get(Path.of("party-0", "/metrics")), StandardCharsets.UTF_8);
        assertTrue(metrics.contains("veilflow_windows_total{outcome=\"proven\"} 0\n"), metrics);
        assertTrue(metrics.contains("veilflow_link_up{peer=\"P2\"} "), metrics);
        assertTrue(metrics.contains("flink_jobmanager_job_numRestarts 0\n"), metrics);
        assertTrue(
                metrics.lines()
                        .anyMatch(
                                line -> line.startsWith("flink_taskmanager_job_task_operator_numRecordsIn{operator=")),
                metrics);
    }

    @Test
    @DisplayName(
            "D1: a party that was asked to stop has parked, its links and journal are closed, and started again it goes on")
    void aStoppedPartyGoesOn() {
        assertEquals(143, stopCode);
        String events = new String(
                everything.get(folder.resolve("run").resolve("party-2").resolve("events.jsonl")),
                StandardCharsets.UTF_8);
        assertEquals(
                List.of("finished", "started", "started", "stopped", "window", "window"),
                events.lines()
                        .map(NothingLeaksITCase::kind)
                        .filter(Set.of("started", "window", "stopped", "held", "finished")::contains)
                        .sorted()
                        .toList());
    }

    @Test
    void theLogOfAPartyIsOneObjectALineWithUnitAndSession() throws IOException {
        String log = new String(
                everything.get(folder.resolve("run").resolve("party-1").resolve("party.log")), StandardCharsets.UTF_8);
        for (String line : log.lines().toList()) {
            assertTrue(JSON.readTree(line).hasNonNull("message"), line);
        }
        assertTrue(log.contains("\"unit\":\"window 0\""), log);
        assertTrue(log.contains("\"session\":\"attempt 1, epoch "), log);
    }

    @Test
    void theSearchSawAllLinksTheBoardAndTheStateOfEveryParty() {
        for (PartyId party : PartyId.values()) {
            String name = EnrolledParty.writer(party);
            int frames = size(name, party == STOPPED ? TAP_AGAIN : TAP);
            assertTrue(frames > 100_000, "all frames of " + name + ": " + frames + " bytes");
            assertTrue(size("board", name + ".log") > 1_000, "log of " + name);
            assertTrue(size(name, "events.jsonl") > 100, "events of " + name);
        }
        for (Institution institution : market.institutions()) {
            assertTrue(size("board", institution.name() + ".log") > 1_000, "log of " + institution.name());
        }
    }

    @Test
    void everyEncodingOfAPlantedLeakIsCaught() {
        byte[] frames = everything.get(folder.resolve("run").resolve("party-1").resolve(TAP));
        Position position = market.windows().get(1).books().get(2).positions().get(0);
        int decimals = market.assets().get(1).decimals();
        SecretSearch.encodings(position.debt().get(1), decimals).forEach((encoding, bytes) -> {
            byte[] leaking = frames.clone();
            System.arraycopy(bytes, 0, leaking, leaking.length / 3, bytes.length);
            assertTrue(
                    search.find(leaking).stream().anyMatch(name -> name.endsWith(encoding)),
                    encoding + " was not caught");
        });
    }

    @Test
    void plantedPassphraseIsCaught() {
        byte[] log = "opened with correct horse battery".getBytes(StandardCharsets.US_ASCII);
        SecretSearch own = new SecretSearch();
        own.addText("passphrase", "correct horse");
        assertFalse(own.find(log).isEmpty());
    }

    /** With the product's logging: a jar of Flink's tests has another one. */
    private static ChildProcess start(LocalNetwork network, PartyId party, String tap) {
        return network.party(
                party,
                Map.of(
                        "testMode",
                        true,
                        "frameTapFile",
                        network.state(party).resolve(tap).toString()),
                List.of("-Dlog4j2.configurationFile=log4j2.xml"));
    }

    private static void stop(LocalNetwork network, ChildProcess party) throws InterruptedException {
        party.stop();
        assertTrue(party.awaitExit(LIMIT_SECONDS * 1_000), party::lastWords);
        stopCode = party.exitCode();
        network.processes().remove(party);
    }

    private static void awaitReady(LocalNetwork network) throws InterruptedException {
        long end = System.nanoTime() + LIMIT_SECONDS * 1_000_000_000;
        List<PartyAnswer> found = List.of();
        while (found.size() < PartyId.values().length || !found.stream().allMatch(PartyAnswer::isWell)) {
            assertTrue(System.nanoTime() < end, found.toString());
            network.processes().requireHealthy();
            Thread.sleep(100);
            found = new PartiesOfFolder(network.folder().root()).ask(Duration.ofSeconds(LIMIT_SECONDS));
        }
    }

    private static String kind(String event) {
        try {
            return JSON.readTree(event).path("event").asText();
        } catch (IOException malformed) {
            return "malformed: " + event;
        }
    }

    private static void askTheParties(LocalNetwork network, Map<Path, byte[]> said)
            throws IOException, InterruptedException {
        if (status == null) {
            status = new PartiesOfFolder(network.folder().root()).ask(Duration.ofSeconds(LIMIT_SECONDS));
        }
        HttpClient client = HttpClient.newHttpClient();
        for (PartyId party : PartyId.values()) {
            for (String path : List.of("/live", "/ready", "/status", "/metrics")) {
                answer(client, network.state(party).resolve("operation.json"), path)
                        .ifPresent(body -> said.put(Path.of(EnrolledParty.writer(party), path), body));
            }
        }
    }

    /** Empty of a party that does not run, or has ended meanwhile. */
    private static Optional<byte[]> answer(HttpClient client, Path place, String path)
            throws IOException, InterruptedException {
        Optional<byte[]> address = read(place);
        if (address.isEmpty()) {
            return Optional.empty();
        }
        int port = JSON.readTree(address.get()).path("port").asInt();
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .build();
            return Optional.of(client.send(request, HttpResponse.BodyHandlers.ofByteArray())
                    .body());
        } catch (ConnectException ended) {
            return Optional.empty();
        }
    }

    private static void addAmounts() {
        for (MarketWindow window : market.windows()) {
            for (int i = 0; i < market.institutions().size(); i++) {
                List<Position> positions = window.books().get(i).positions();
                String owner = "window " + window.label() + ", "
                        + market.institutions().get(i).name();
                for (int slot = 0; slot < positions.size(); slot++) {
                    for (int asset = 0; asset < market.assets().size(); asset++) {
                        int decimals = market.assets().get(asset).decimals();
                        String name = owner + ", slot " + slot + ", asset " + asset;
                        Position position = positions.get(slot);
                        search.addAmount(
                                name + ", collateral", position.collateral().get(asset), decimals);
                        search.addAmount(name + ", debt", position.debt().get(asset), decimals);
                    }
                }
            }
        }
    }

    private static void addKeys(DemoFolder files) throws IOException {
        for (PartyId party : PartyId.values()) {
            String name = EnrolledParty.writer(party);
            ExposedKeys.ofParty(files.keys(name), party, files.passphrase(name))
                    .forEach((use, key) -> search.addKey(use + " of " + name, key));
            search.addKey(
                    "result key share of " + name,
                    ExposedKeys.ofResultStore(files.resultStore(name), party, files.passphrase(name)));
            search.addText(
                    "passphrase of " + name,
                    Files.readString(files.passphrase(name)).strip());
        }
        List<String> signers = new ArrayList<>(
                market.institutions().stream().map(Institution::name).toList());
        signers.add(Participants.FEEDER);
        for (String name : signers) {
            IdentityKind kind = name.equals(Participants.FEEDER) ? IdentityKind.FEEDER : IdentityKind.CONTRIBUTOR;
            search.addKey(
                    "identity key of " + name,
                    ExposedKeys.ofSigner(files.keys(name), kind, name, files.passphrase(name)));
            search.addText(
                    "passphrase of " + name,
                    Files.readString(files.passphrase(name)).strip());
        }
    }

    /** All files of the run but the institutions' own books, which are in the clear by right. */
    private static Map<Path, byte[]> readAll(DemoFolder files) throws IOException {
        Map<Path, byte[]> contents = new LinkedHashMap<>();
        try (Stream<Path> paths = Files.walk(files.root())) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                if (!path.getFileName().toString().equals("books.csv")) {
                    read(path).ifPresent(bytes -> contents.put(path, bytes));
                }
            }
        }
        return contents;
    }

    /** Empty for a file that a running process has removed meanwhile. */
    private static Optional<byte[]> read(Path path) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(path));
        } catch (NoSuchFileException removed) {
            return Optional.empty();
        }
    }

    private static int size(String participant, String file) {
        byte[] bytes = everything.get(folder.resolve("run").resolve(participant).resolve(file));
        return bytes == null ? 0 : bytes.length;
    }

    /** Every amount is a number of its own of at least 2^40, so that a hit cannot be chance. */
    private static Market planted(Market market, Random random) {
        List<MarketWindow> windows = new ArrayList<>();
        for (MarketWindow window : market.windows()) {
            List<Book> books = new ArrayList<>();
            for (Book book : window.books()) {
                books.add(new Book(book.positions().stream()
                        .map(position ->
                                new Position(amounts(position.assets(), random), amounts(position.assets(), random)))
                        .toList()));
            }
            windows.add(new MarketWindow(window.label(), window.prices(), books));
        }
        return new Market(market.assets(), market.institutions(), market.limits(), windows);
    }

    private static List<BigInteger> amounts(int count, Random random) {
        List<BigInteger> amounts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            amounts.add(new BigInteger(62, random).setBit(61));
        }
        return amounts;
    }
}
