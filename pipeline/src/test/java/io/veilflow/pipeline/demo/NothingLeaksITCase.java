package io.veilflow.pipeline.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A full run of three party processes and four institutions, with amounts planted in every slot: they, and every secret
 * key, are searched for in all that crossed the three links (recorded before encryption), on the board, in the three state
 * folders and in all logs (THREATS B15).
 */
class NothingLeaksITCase {
    private static final long SEED = 40_960;
    private static final int WINDOWS = 2;
    private static final int POSITIONS = 8;
    private static final long LIMIT_SECONDS = 120;
    private static final String TAP = "frames.tap";

    @TempDir
    private static Path folder;

    private static Market market;
    private static SecretSearch search;
    private static Map<Path, byte[]> everything;

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
            for (PartyId party : PartyId.values()) {
                String tap = network.state(party).resolve(TAP).toString();
                network.startParty(party, Map.of("testMode", true, "frameTapFile", tap));
            }
            network.startContributors(LIMIT_SECONDS);
            network.startFeeder(
                    market.institutions().stream().map(Institution::name).toList(), 100, LIMIT_SECONDS * 1_000);
            WindowWatch windows = new WindowWatch(network, LIMIT_SECONDS);
            for (int window = 0; window < WINDOWS; window++) {
                assertEquals(
                        ClearLevels.results(market, window).values(),
                        windows.next().outputs());
            }
            network.processes().awaitEnd(LIMIT_SECONDS * 1_000);
            everything = readAll(files);
        }
    }

    @Test
    void noPlantedAmountAndNoKeyIsFoundAnywhere() {
        Map<Path, Object> found = new LinkedHashMap<>();
        everything.forEach((file, bytes) -> {
            if (!search.find(bytes).isEmpty()) {
                found.put(file, search.find(bytes));
            }
        });
        assertTrue(found.isEmpty(), () -> "seed " + SEED + ": " + found);
    }

    @Test
    void theSearchSawAllLinksTheBoardAndTheStateOfEveryParty() {
        for (PartyId party : PartyId.values()) {
            String name = EnrolledParty.writer(party);
            assertTrue(size(name, TAP) > 100_000, "all frames of " + name + ": " + size(name, TAP) + " bytes");
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
                    contents.put(path, Files.readAllBytes(path));
                }
            }
        }
        return contents;
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
