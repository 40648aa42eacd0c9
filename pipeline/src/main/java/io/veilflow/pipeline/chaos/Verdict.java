package io.veilflow.pipeline.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.audit.AuditReport;
import io.veilflow.pipeline.audit.Auditor;
import io.veilflow.pipeline.board.Board;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.board.BoardTail;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.demo.EventTail;
import io.veilflow.pipeline.demo.LocalNetwork;
import io.veilflow.pipeline.feed.DecisionLedger;
import io.veilflow.pipeline.job.EnrolledContributor;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.job.kind.Results;
import io.veilflow.pipeline.job.kind.Scenario;
import io.veilflow.pipeline.party.WindowReport;
import io.veilflow.pipeline.post.EthereumView;
import io.veilflow.pipeline.wire.Manifest;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.Reason;
import io.veilflow.pipeline.wire.UnitKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What became of every window, from board, chain and the parties' events, held against the books in the clear. */
final class Verdict {
    private final JobTerms terms;
    private final Scenario scenario;
    private final ClearWindows clear;
    private final Map<Long, Manifest> manifests = new HashMap<>();
    private final Map<Long, Set<ByteString>> transactions = new HashMap<>();
    private final List<String> findings = new ArrayList<>();
    private int lost;
    private int doubled;
    private int wrong;

    private Verdict(JobTerms terms, Scenario scenario) {
        this.terms = terms;
        this.scenario = scenario;
        this.clear = new ClearWindows(terms, scenario);
    }

    /** When everybody has ended and the chain's node runs. */
    static Verdict of(LocalNetwork network, Board board, Scenario scenario) {
        Verdict verdict = new Verdict(network.terms(), scenario);
        verdict.readBoard(board);
        verdict.books(board);
        for (PartyId party : PartyId.values()) {
            verdict.told(party, network.events(party));
        }
        try (EthereumView chain =
                EthereumView.connect(network.chain().url(), network.chain().registry())) {
            verdict.onChain(chain);
            verdict.audit(new Auditor(network.folder().board(), chain).run());
        }
        return verdict;
    }

    int lost() {
        return lost;
    }

    int doubled() {
        return doubled;
    }

    int wrong() {
        return wrong;
    }

    List<String> findings() {
        return findings;
    }

    private void readBoard(Board board) {
        RecordVerifier verifier = RecordVerifier.of(terms.definition());
        Set<String> parties =
                Arrays.stream(PartyId.values()).map(EnrolledParty::writer).collect(Collectors.toSet());
        BoardTail tail = BoardTail.fromStart(board, parties);
        for (Optional<BoardEntry> entry = tail.poll(); entry.isPresent(); entry = tail.poll()) {
            Payload payload = verifier.verify(entry.get()).payload().orElseThrow();
            if (payload.hasManifest() && payload.getManifest().getHeader().getKind() == UnitKind.WINDOW) {
                manifests.put(payload.getManifest().getHeader().getId(), payload.getManifest());
            } else if (payload.hasWindowPosted()) {
                transactions
                        .computeIfAbsent(payload.getWindowPosted().getWindow(), window -> new HashSet<>())
                        .add(payload.getWindowPosted().getTransaction());
            }
        }
        transactions.forEach((window, posted) -> {
            if (posted.size() > 1) {
                doubled++;
                findings.add("window " + window + " stands in " + posted.size() + " transactions");
            }
        });
    }

    /** Every contributor has posted one book for each window, and each was admitted. */
    private void books(Board board) {
        Set<String> names = terms.definition().contributors().stream()
                .map(EnrolledContributor::name)
                .collect(Collectors.toSet());
        DecisionLedger decisions = new DecisionLedger(terms.definition(), board, names);
        decisions.refresh();
        for (EnrolledContributor contributor : terms.definition().contributors()) {
            for (int record = 0; record < scenario.windows().size(); record++) {
                Optional<Reason> decision = decisions.decision(contributor.name(), record);
                if (!decision.equals(Optional.of(Reason.ACCEPTED))) {
                    lost++;
                    findings.add("book " + record + " of " + contributor.name() + ": "
                            + decision.map(Enum::name).orElse("not decided"));
                }
            }
        }
    }

    /** A party tells of every window once, and the right thing. */
    private void told(PartyId party, EventTail events) {
        Set<Long> windows = new HashSet<>();
        for (Optional<JsonNode> event = events.poll(); event.isPresent(); event = events.poll()) {
            if (!event.get().path("event").asText().equals(WindowReport.EVENT)) {
                continue;
            }
            WindowReport report = EventTail.window(event.get());
            if (!windows.add(report.window())) {
                doubled++;
                findings.add(party + " tells twice of window " + report.window());
            }
            Manifest manifest = manifests.get(report.window());
            if (manifest == null || !clear.results(manifest).equals(new Results(report.outputs()))) {
                wrong++;
                findings.add(party + " tells of window " + report.window() + " " + report.outputs()
                        + ", and the books in its " + "manifest come to "
                        + (manifest == null ? "nothing" : clear.results(manifest)));
            }
        }
        for (long window = 0; window < scenario.windows().size(); window++) {
            if (!windows.contains(window)) {
                lost++;
                findings.add(party + " tells nothing of window " + window);
            }
        }
    }

    private void onChain(EthereumView chain) {
        for (long window = 0; window < scenario.windows().size(); window++) {
            if (chain.window(terms.jobId(), window).isEmpty()) {
                lost++;
                findings.add("window " + window + " is not on the chain");
            }
        }
    }

    private void audit(AuditReport report) {
        if (!report.passed() || report.windows() != scenario.windows().size()) {
            wrong++;
            findings.add("audit: " + String.join("; ", report.lines()));
        }
    }
}
