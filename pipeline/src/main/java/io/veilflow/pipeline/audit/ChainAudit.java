package io.veilflow.pipeline.audit;

import io.veilflow.pipeline.audit.PartyRecords.Posted;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.post.ChainHistory;
import io.veilflow.pipeline.post.OutputShape;
import io.veilflow.pipeline.post.PostReceipt;
import io.veilflow.pipeline.post.RecordedWindow;
import io.veilflow.pipeline.sign.Assurance;
import io.veilflow.pipeline.sign.ResultMessage;
import io.veilflow.pipeline.sign.SkipMessage;
import io.veilflow.pipeline.wire.WindowPosted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Holds the windows of the registry against the statements on the board, both ways. */
final class ChainAudit {
    private final JobTerms terms;
    private final OutputShape outputs;
    private final ChainHistory chain;
    private final PartyRecords parties;
    private final AuditTally tally;
    private final TermsAudit registered;
    private final Map<Long, List<ResultMessage>> signed = new TreeMap<>();
    private final Map<Long, SkipMessage> skipped = new TreeMap<>();

    ChainAudit(JobTerms terms, ChainHistory chain, PartyRecords parties, AuditTally tally, TermsAudit registered) {
        this.registered = registered;
        this.terms = terms;
        this.outputs = OutputShape.of(terms.rule().publicWords());
        this.chain = chain;
        this.parties = parties;
        this.tally = tally;
    }

    /** The group has signed this for a window, and the board says that it is right. */
    void signed(long window, ResultMessage message) {
        signed.computeIfAbsent(window, first -> new ArrayList<>()).add(message);
    }

    /** The group has signed that there is no result, and the board says so too. */
    void skipped(SkipMessage message) {
        for (long window = message.firstWindow(); window <= message.lastWindow(); window++) {
            skipped.put(window, message);
        }
    }

    /** @throws AuditException naming the window, or the record that speaks of its transaction */
    void run() {
        long next = chain.nextWindow(terms.jobId());
        for (long window = 0; window < next; window++) {
            Optional<RecordedWindow> recorded = chain.window(terms.jobId(), window);
            List<ResultMessage> messages = signed.getOrDefault(window, List.of());
            if (messages.isEmpty() && !skipped.containsKey(window) && !registered.isOfThisBoard(window)) {
                tally.windowElsewhere();
            } else if (recorded.isPresent()) {
                requireOneOf(window, messages, recorded.get());
            } else if (!messages.isEmpty()) {
                throw new AuditException(
                        "window " + window, "is signed on the board, and the chain has passed it over");
            } else if (!skipped.containsKey(window)) {
                throw new AuditException("window " + window, "is passed over on the chain, and the board has no skip");
            }
        }
        for (long window : signed.keySet()) {
            if (window >= next) {
                for (Assurance assurance : Assurance.values()) {
                    parties.transactions(window, assurance).values().forEach(posted -> {
                        throw new AuditException(
                                posted.entry(), "names a transaction, and the chain has no such window");
                    });
                }
                tally.windowAwaiting();
            }
        }
    }

    private void requireOneOf(long window, List<ResultMessage> messages, RecordedWindow recorded) {
        String place = "window " + window;
        if (messages.isEmpty()) {
            throw new AuditException(place, "is on the chain, and the board has no signed result");
        }
        ResultMessage message = messages.stream()
                .filter(one -> one.assurance() == recorded.assurance())
                .findFirst()
                .orElseThrow(() -> new AuditException(
                        place, "the chain says " + recorded.assurance() + ", which the group has not signed"));
        requireSame(window, message, recorded);
        switch (message.assurance()) {
            case PROVEN -> tally.windowOnChain();
            case ATTESTED -> tally.windowAttested();
        }
    }

    private void requireSame(long window, ResultMessage message, RecordedWindow recorded) {
        String place = "window " + window;
        if (!recorded.records(message) || !recorded.outputs().equals(outputs.of(message.variableWords()))) {
            throw new AuditException(place, "the chain records something else than the board's result");
        }
        PostReceipt receipt = chain.receipt(terms.jobId(), window)
                .orElseThrow(() -> new AuditException(place, "the chain shows no transaction that recorded it"));
        boolean same = receipt.manifestRoot().equals(message.manifestRoot())
                && Arrays.equals(receipt.statement().toByteArray(), message.digest());
        if (!same) {
            throw new AuditException(place, "its transaction is about another manifest or statement");
        }
        for (Posted<WindowPosted> posted :
                parties.transactions(window, message.assurance()).values()) {
            if (!posted.message().getTransaction().equals(receipt.transaction())
                    || posted.message().getGas() != receipt.gas()) {
                throw new AuditException(posted.entry(), "names another transaction than the chain");
            }
        }
        tally.passed(AuditReport.Check.CHAIN);
    }
}
