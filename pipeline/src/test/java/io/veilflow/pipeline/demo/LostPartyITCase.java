package io.veilflow.pipeline.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.veilflow.datasets.generate.MarketGenerator;
import io.veilflow.datasets.schema.Market;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Profile;
import io.veilflow.pipeline.audit.AuditReport;
import io.veilflow.pipeline.audit.Auditor;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.board.FileBoard;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.PostingPolicy;
import io.veilflow.pipeline.job.standard.MarketHealthJob;
import io.veilflow.pipeline.job.standard.MarketScenario;
import io.veilflow.pipeline.local.ChildProcess;
import io.veilflow.pipeline.post.EthereumView;
import io.veilflow.pipeline.sign.Assurance;
import io.veilflow.pipeline.wire.Payload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three real parties, one of which is killed as soon as it has opened the outputs: the two others publish them, or it comes back. */
class LostPartyITCase {
    private static final PartyId LOST = PartyId.P2;
    private static final int SLOTS = 64;
    private static final long LIMIT_SECONDS = 120;
    /** The demo's windows lie years ago: the registry takes attested results at once. */
    private static final PostingPolicy ATTESTABLE = new PostingPolicy(1, 0, List.of());

    @TempDir
    private Path folder;

    @Test
    @DisplayName("C15, C20: a party lost after the opening and before the proof: the other two sign and post, attested")
    void theTwoOthersPublish() throws Exception {
        try (DemoFolder files = DemoFolder.create(Optional.of(folder.resolve("run")));
                LocalNetwork network = network(files, ATTESTABLE);
                FileBoard board = FileBoard.open(files.board());
                ChildProcess lost = network.party(LOST, Map.of(), List.of())) {
            startOthers(network);
            awaitOpening(network, board);
            lost.kill();
            for (PartyId party : new PartyId[] {PartyId.P0, PartyId.P1}) {
                JsonNode window = window(network.events(party));
                assertEquals("attested", window.path("assurance").asText(), window.toString());
            }
            assertFalse(lost.running());
            try (EthereumView chain =
                    EthereumView.connect(network.chain().url(), network.chain().registry())) {
                requireOnChain(network, chain, Assurance.ATTESTED);
                AuditReport report = audit(files, chain);
                assertEquals(1, report.attested());
                assertEquals(0, report.windows());
            }
        }
    }

    @Test
    @DisplayName(
            "D1: a party killed in the middle of a window and started again: the window is proven, posted once, and all end well")
    void killedAndStartedAgain() throws Exception {
        try (DemoFolder files = DemoFolder.create(Optional.of(folder.resolve("run")));
                LocalNetwork network = network(files, PostingPolicy.provenOnly());
                FileBoard board = FileBoard.open(files.board());
                ChildProcess killed = network.party(LOST, Map.of(), List.of())) {
            startOthers(network);
            awaitOpening(network, board);
            killed.kill();
            assertTrue(killed.awaitExit(LIMIT_SECONDS * 1_000));
            try (ChildProcess again = network.party(LOST, Map.of(), List.of());
                    EthereumView chain = EthereumView.connect(
                            network.chain().url(), network.chain().registry())) {
                for (PartyId party : PartyId.values()) {
                    JsonNode window = window(network.events(party));
                    assertEquals("proven", window.path("assurance").asText(), window.toString());
                }
                assertTrue(again.awaitExit(LIMIT_SECONDS * 1_000), again::lastWords);
                assertEquals(0, again.exitCode(), again::lastWords);
                requireOnChain(network, chain, Assurance.PROVEN);
                assertEquals(1, audit(files, chain).windows());
            }
        }
    }

    private static LocalNetwork network(DemoFolder files, PostingPolicy posting) throws Exception {
        return LocalNetwork.prepare(
                files,
                new MarketHealthJob(),
                MarketScenario.of(market()),
                Profile.M,
                posting,
                ChainLife.ON_DEMAND,
                Path.of("target", "it-keys"),
                step -> {});
    }

    private static Market market() {
        return new MarketGenerator(3).market(1, SLOTS);
    }

    private static void startOthers(LocalNetwork network) throws Exception {
        network.startParty(PartyId.P0, Map.of());
        network.startParty(PartyId.P1, Map.of());
        network.startContributors(LIMIT_SECONDS);
        List<String> names = new ArrayList<>();
        MarketScenario.of(market()).institutions().forEach(institution -> names.add(institution.name()));
        network.startFeeder(names, 100, LIMIT_SECONDS * 1_000);
    }

    private static void requireOnChain(LocalNetwork network, EthereumView chain, Assurance assurance) {
        assertEquals(
                assurance,
                chain.window(network.terms().jobId(), 0).orElseThrow().assurance());
    }

    private static AuditReport audit(DemoFolder files, EthereumView chain) {
        AuditReport report = new Auditor(files.board(), chain).run();
        assertTrue(report.passed(), () -> String.join("\n", report.lines()));
        return report;
    }

    /** Until the party that will be lost has posted its components of the outputs. */
    private static void awaitOpening(LocalNetwork network, FileBoard board) throws InterruptedException {
        RecordVerifier verifier = RecordVerifier.of(network.terms().definition());
        long end = System.nanoTime() + LIMIT_SECONDS * 1_000_000_000;
        long read = 0;
        while (System.nanoTime() < end) {
            Optional<BoardEntry> entry = board.read(EnrolledParty.writer(LOST), read);
            if (entry.isEmpty()) {
                Thread.sleep(1);
                continue;
            }
            read++;
            if (verifier.verify(entry.get())
                    .payload()
                    .filter(Payload::hasOutputOpening)
                    .isPresent()) {
                return;
            }
        }
        throw new AssertionError("no outputs were opened");
    }

    private static JsonNode window(EventTail events) throws InterruptedException {
        long end = System.nanoTime() + LIMIT_SECONDS * 1_000_000_000;
        while (System.nanoTime() < end) {
            Optional<JsonNode> next = events.poll();
            if (next.filter(event -> event.path("event").asText().equals("window"))
                    .isPresent()) {
                return next.get();
            }
            if (next.isEmpty()) {
                Thread.sleep(20);
            }
        }
        throw new AssertionError("no window was posted");
    }
}
