package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.pipeline.journal.Journal;
import io.veilflow.pipeline.journal.JournalEntry;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The attempts of this party that failed, and who is to blame as far as that can be known. Attempts that failed by a check, or by
 * a message that breaks the protocol, do not happen among honest parties: they are counted apart, over all units of the job, and
 * bounded (PROTOCOLS 11.8, THREATS C9). A lost link or a peer that went silent is bounded for each unit alone, by the number of
 * its attempts. Used by the driver's thread only.
 */
final class AttemptFailures {
    private static final Logger LOG = LoggerFactory.getLogger(AttemptFailures.class);

    /** What an attempt failed of. */
    enum Kind {
        /** Somebody deviated: a check failed, holders disagree, or a message was none of the protocol's. */
        CHECK,
        /** A peer was lost, or was not heard of in time; what ended it there, this party does not know. */
        LOST
    }

    private final int checksMax;
    private final Journal journal;
    private final EventLog events;
    private final Set<PartyId> accused = new TreeSet<>();

    /**
     * @param checksMax with so many failed checks the job holds
     * @param journal remembers them over restarts
     */
    AttemptFailures(int checksMax, Journal journal, EventLog events) {
        this.checksMax = checksMax;
        this.journal = journal;
        this.events = events;
    }

    /**
     * A party that holds because of failed checks holds after a restart too: every further attempt would tell a cheater one bit more.
     * People decide, and say so by a higher limit.
     *
     * @throws JobHeldException if so many attempts failed by a check before this party was started
     */
    void requireBelowLimit() {
        long before = journal.count(JournalEntry.Type.FAILED_CHECK);
        if (before >= checksMax) {
            throw new JobHeldException(before + " attempts failed by a check before this start, " + checksMax
                    + " are the limit: find out who cheats, then raise failures.failedChecks to go on");
        }
    }

    /**
     * Notes a failed attempt.
     *
     * @param attempt 0 if it failed before it began
     * @throws JobHeldException if there were too many failed checks, or a peer is set up differently
     */
    void add(UnitId unit, int attempt, ProtocolAbortException abort) {
        Kind kind = kind(abort);
        LOG.warn("{}, attempt {} failed ({}): {}", unit, attempt, kind, abort.getMessage());
        events.attemptFailed(unit, attempt, kind, abort);
        abort.accused().ifPresent(accused::add);
        if (abort.reason() == ProtocolAbortException.Reason.CONFIGURATION) {
            throw new JobHeldException("a peer is set up differently: " + abort.getMessage(), abort);
        }
        if (kind == Kind.CHECK && count(unit, attempt) >= checksMax) {
            throw new JobHeldException(
                    journal.count(JournalEntry.Type.FAILED_CHECK) + " attempts failed by a check, the last at " + unit
                            + ": " + abort.getMessage() + "; " + blame(),
                    abort);
        }
    }

    private long count(UnitId unit, int attempt) {
        journal.append(
                new JournalEntry(JournalEntry.Type.FAILED_CHECK, unit.kind(), unit.id(), attempt, ByteString.EMPTY));
        return journal.count(JournalEntry.Type.FAILED_CHECK);
    }

    /** Who is accused, in words. */
    String blame() {
        return accused.isEmpty()
                ? "nobody can be accused"
                : "accused: " + accused.stream().map(PartyId::toString).collect(Collectors.joining(", "));
    }

    static Kind kind(ProtocolAbortException abort) {
        return switch (abort.reason()) {
            case CHECK_FAILED, HOLDERS_DISAGREE, LENGTH, NOT_CANONICAL, UNEXPECTED_MESSAGE, CONTRADICTION -> Kind.CHECK;
            case OVERLOAD, PEER_LOST, TIMEOUT, CONFIGURATION, JOURNAL_REFUSED -> Kind.LOST;
        };
    }
}
