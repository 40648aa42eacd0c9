package io.veilflow.pipeline.service;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.threshold.GroupSignature;
import io.veilflow.pipeline.board.Board;
import io.veilflow.pipeline.identity.VerificationKey;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.service.OperatorLogs.Asked;
import io.veilflow.pipeline.service.SigningAuditLog.Entry;
import io.veilflow.pipeline.service.SigningAuditLog.Event;
import io.veilflow.pipeline.sign.GroupStatement;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Holds a party's audit log of the signing service against the board: every line is its party's and in its place, every request and
 * approval stands in an operator's log, every signature verifies and is under a request that two operators approved of, nothing is
 * begun or signed that was refused, or refused that was begun, and every request on the board stands in the log. No line stands there
 * twice.
 */
public final class SigningAudit {
    private static final HexFormat HEX = HexFormat.of();

    private final JobTerms job;
    private final SigningTerms terms;
    private final ResultKeyLine line;
    private final Map<String, Asked> asked = new HashMap<>();

    public SigningAudit(JobTerms job, Board board) {
        this.job = job;
        this.terms = new SigningTerms(job);
        this.line = new ResultKeyLine(job);
        for (Asked one : new OperatorLogs(job.definition(), board).read()) {
            asked.put(HEX.formatHex(one.hash().toByteArray()), one);
        }
    }

    /** How many lines of each kind there are. */
    public record Report(long requests, long approvals, long refusals, long signatures) {}

    /** @throws SigningAuditException naming the first line that is not as it must be, or the request that is missing */
    public Report check(PartyId party, List<String> lines) {
        VerificationKey key =
                new VerificationKey(job.definition().party(party).identityKey().toByteArray());
        List<Entry> entries = SigningAuditLog.verify(lines, key);
        Map<String, Set<Event>> seen = new HashMap<>();
        Set<String> approvals = new HashSet<>();
        for (Entry entry : entries) {
            Set<Event> before = seen.computeIfAbsent(entry.request(), first -> EnumSet.noneOf(Event.class));
            boolean first = before.add(entry.event());
            boolean once = entry.event() == Event.APPROVAL ? approvals.add(entry.request() + entry.subject()) : first;
            if (!once || !holds(entry, before)) {
                throw new SigningAuditException(entry.index(), "says something else than the board");
            }
        }
        for (String hash : asked.keySet()) {
            boolean noted = entries.stream()
                    .anyMatch(entry -> entry.request().equals(hash)
                            && (entry.event() == Event.REQUEST || entry.event() == Event.REFUSAL));
            if (!noted) {
                throw new SigningAuditException(entries.size(), "is missing: a request on the board is not in it");
            }
        }
        return new Report(
                count(entries, Event.REQUEST),
                count(entries, Event.APPROVAL),
                count(entries, Event.REFUSAL),
                count(entries, Event.SIGNATURE));
    }

    /** @param until in the lines of the same request up to this one */
    private boolean holds(Entry entry, Set<Event> until) {
        Asked request = Optional.ofNullable(asked.get(entry.request()))
                .orElseThrow(
                        () -> new SigningAuditException(entry.index(), "is about a request that is not on the board"));
        boolean refused = terms.refusal(request.request()).isPresent();
        return switch (entry.event()) {
            case REQUEST -> !refused && entry.subject().equals(request.by().toString());
            case APPROVAL ->
                !refused
                        && request.approvals().stream()
                                .anyMatch(operator -> operator.toString().equals(entry.subject()));
            case REFUSAL ->
                refused
                        || (until.contains(Event.REQUEST)
                                && !until.contains(Event.BEGUN)
                                && !until.contains(Event.SIGNATURE)
                                && isRotationRefusal(request, entry));
            case BEGUN ->
                !refused
                        && until.contains(Event.REQUEST)
                        && !until.contains(Event.REFUSAL)
                        && !until.contains(Event.SIGNATURE)
                        && request.isApproved()
                        && entry.statement().equals(digest(request));
            case SIGNATURE ->
                !refused && !until.contains(Event.REFUSAL) && request.isApproved() && verifies(request, entry);
        };
    }

    private String digest(Asked request) {
        return HEX.formatHex(terms.statement(request.request()).digest());
    }

    /** What the party's windows said, only the party knows: that the rotation was approved of, and another one too, the board says. */
    private boolean isRotationRefusal(Asked request, Entry entry) {
        boolean approved = request.isApproved() && request.request().hasRotation();
        boolean begun = entry.subject().equals(RotationRefusal.BEGUN.words());
        boolean underWay = entry.subject().equals(RotationRefusal.UNDER_WAY.words())
                && terms.approvedRotations(asked.values()).size() > 1;
        return approved && (begun || underWay);
    }

    private boolean verifies(Asked request, Entry entry) {
        GroupStatement statement = terms.statement(request.request());
        return entry.statement().equals(digest(request))
                && GroupSignature.decode(HEX.parseHex(entry.subject()))
                        .filter(signature -> line.keysFor(statement, asked.values()).stream()
                                .anyMatch(key -> signature.verifies(key.toByteArray(), statement.digest())))
                        .isPresent();
    }

    private static long count(List<Entry> entries, Event event) {
        return entries.stream().filter(entry -> entry.event() == event).count();
    }
}
