package io.veilflow.pipeline.audit;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.audit.PartyRecords.Opening;
import io.veilflow.pipeline.audit.PartyRecords.Posted;
import io.veilflow.pipeline.job.ChainBinding;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.sign.Assurance;
import io.veilflow.pipeline.sign.SkipMessage;
import io.veilflow.pipeline.sign.SkipReason;
import io.veilflow.pipeline.wire.WindowsSkipped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the parties state to have no result: a window with too few contributors is one by its manifest, one without a tick by the
 * feeder's log, one that could not be computed by the openings that came to nothing.
 */
final class SkipAudit {
    private final JobTerms terms;
    private final AuditedLogs logs;
    private final GroupSignatureAudit signatures;
    private final TermsAudit registered;
    private final Set<Long> tooFew = new HashSet<>();
    private final Set<Long> notComputable = new HashSet<>();

    SkipAudit(JobTerms terms, AuditedLogs logs, GroupSignatureAudit signatures, TermsAudit registered) {
        this.registered = registered;
        this.terms = terms;
        this.logs = logs;
        this.signatures = signatures;
    }

    /** A sealed window that lists fewer contributors than the job asks for. */
    void tooFewContributors(long window) {
        tooFew.add(window);
    }

    /** Whether the group has signed that a sealed window without a result cannot be computed. */
    boolean notComputable(long window) {
        notComputable.add(window);
        return logs.parties().skips().getOrDefault(window, Map.of()).values().stream()
                .map(Posted::message)
                .filter(stated -> stated.getReason() == SkipReason.NOT_COMPUTABLE.code())
                .filter(stated -> stated.getLastWindow() == window)
                .map(stated -> message(stated, SkipReason.NOT_COMPUTABLE))
                .anyMatch(this::isSigned);
    }

    /**
     * Everything that was stated.
     *
     * @return the skips that the group has signed, by ascending windows
     * @throws AuditException naming a record whose reason is not so
     */
    List<SkipMessage> run() {
        List<SkipMessage> signed = new ArrayList<>();
        logs.parties().skips().forEach((first, posted) -> {
            for (Map.Entry<PartyId, Posted<WindowsSkipped>> one : posted.entrySet()) {
                SkipMessage message = check(one.getKey(), one.getValue());
                if (isSigned(message) && !signed.contains(message)) {
                    signed.add(message);
                }
            }
        });
        return signed;
    }

    /** The key of the first window signs, also for windows beyond a change of keys. */
    private boolean isSigned(SkipMessage message) {
        return signatures.isSigned(message, registered.keyOf(message.firstWindow()));
    }

    private SkipMessage check(PartyId party, Posted<WindowsSkipped> posted) {
        WindowsSkipped stated = posted.message();
        SkipReason reason = SkipReason.ofCode(stated.getReason())
                .orElseThrow(() -> new AuditException(posted.entry(), "skips for an unknown reason"));
        long first = stated.getFirstWindow();
        long last = stated.getLastWindow();
        if (first < 0 || last < first || reason != SkipReason.NO_TICK && first != last) {
            throw new AuditException(posted.entry(), "skips windows " + first + " to " + last);
        }
        boolean holds =
                switch (reason) {
                    case TOO_FEW_CONTRIBUTORS -> tooFew.contains(first);
                    case NO_TICK ->
                        logs.clock()
                                .firstClosedFrom(first)
                                .filter(closed -> closed.window() > last)
                                .isPresent();
                    case NOT_COMPUTABLE -> notComputable.contains(first) && knowsNothing(party, first);
                };
        if (!holds) {
            throw new AuditException(posted.entry(), "skips a window for a reason that the board does not show");
        }
        return message(stated, reason);
    }

    /**
     * Whether by its own records the party cannot know the outputs: it has stated no result of them, opened nothing, and where it was
     * ready to open, it and another party have signed that they did not.
     */
    private boolean knowsNothing(PartyId party, long window) {
        PartyRecords parties = logs.parties();
        boolean stated = Arrays.stream(Assurance.values())
                .anyMatch(assurance -> parties.results(window, assurance).containsKey(party));
        return !stated
                && parties.attempts(window).stream()
                        .allMatch(attempt -> !parties.openings(attempt).containsKey(party)
                                && (!parties.readies(attempt).containsKey(party) || isAborted(party, attempt)));
    }

    private boolean isAborted(PartyId party, Opening attempt) {
        Set<PartyId> aborted = logs.parties().aborts(attempt).keySet();
        return aborted.contains(party) && aborted.size() > 1;
    }

    private SkipMessage message(WindowsSkipped stated, SkipReason reason) {
        ChainBinding chain = terms.definition().chain();
        return new SkipMessage(
                chain.chainId(),
                chain.registry(),
                terms.jobId(),
                stated.getFirstWindow(),
                stated.getLastWindow(),
                reason);
    }
}
