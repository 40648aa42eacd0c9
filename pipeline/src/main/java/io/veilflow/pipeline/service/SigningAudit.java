package io.veilflow.pipeline.service;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.threshold.GroupSignature;
import io.veilflow.pipeline.board.Board;
import io.veilflow.pipeline.identity.VerificationKey;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.key.KeyPurpose;
import io.veilflow.pipeline.service.OperatorLogs.Asked;
import io.veilflow.pipeline.service.SigningAuditLog.Entry;
import io.veilflow.pipeline.service.SigningAuditLog.Event;
import io.veilflow.pipeline.sign.GroupStatement;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds a party's audit log of the signing service against the board: every line is its party's and in its place, every request and
 * approval stands in an operator's log, every signature verifies and is under a request that two operators approved of, and every
 * request on the board stands in the log.
 */
public final class SigningAudit {
    private static final HexFormat HEX = HexFormat.of();

    private final JobTerms job;
    private final SigningTerms terms;
    private final Map<String, Asked> asked = new HashMap<>();

    public SigningAudit(JobTerms job, Board board) {
        this.job = job;
        this.terms = new SigningTerms(job);
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
        entries.forEach(this::check);
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

    private void check(Entry entry) {
        Asked request = Optional.ofNullable(asked.get(entry.request()))
                .orElseThrow(
                        () -> new SigningAuditException(entry.index(), "is about a request that is not on the board"));
        boolean refused = terms.refusal(request.request()).isPresent();
        boolean holds =
                switch (entry.event()) {
                    case REQUEST ->
                        !refused && entry.subject().equals(request.by().toString());
                    case APPROVAL ->
                        !refused
                                && request.approvals().stream().anyMatch(operator -> operator.toString()
                                        .equals(entry.subject()));
                    case REFUSAL -> refused;
                    case SIGNATURE -> !refused && request.isApproved() && verifies(request, entry);
                };
        if (!holds) {
            throw new SigningAuditException(entry.index(), "says something else than the board");
        }
    }

    private boolean verifies(Asked request, Entry entry) {
        GroupStatement statement = terms.statement(request.request());
        byte[] key = (statement.key() == KeyPurpose.SIGN
                        ? job.definition().group().signKey().orElseThrow()
                        : job.definition().group().resultKey())
                .toByteArray();
        return entry.statement().equals(HEX.formatHex(statement.digest()))
                && GroupSignature.decode(HEX.parseHex(entry.subject()))
                        .filter(signature -> signature.verifies(key, statement.digest()))
                        .isPresent();
    }

    private static long count(List<Entry> entries, Event event) {
        return entries.stream().filter(entry -> entry.event() == event).count();
    }
}
