package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.session.MeasuredSession;
import io.veilflow.mpc.session.PartyNetwork;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.Session;
import io.veilflow.mpc.session.SessionContext;
import io.veilflow.pipeline.job.JobTerms;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Where sessions end: runs attempts at one sealed unit until one counts, each in a session and under PRSS keys of its own,
 * always from the same manifest. An attempt that aborts leaves no share and no mask behind; the number of attempts is bounded,
 * because every abort tells a cheater one bit (PROTOCOLS 11.8; see also {@link AttemptFailures}), and then the job holds. All attempts that come to an output must
 * come to the same one.
 */
final class AttemptLoop {
    private static final Logger LOG = LoggerFactory.getLogger(AttemptLoop.class);
    /** Key in the logging context of the session that runs; the unit stands beside it. */
    private static final String SESSION = "session";

    private final PartyNetwork network;
    private final AttemptControl control;
    private final JobTerms terms;
    private final int attemptsMax;
    private final AttemptFailures failures;
    private final TranscriptStore transcripts;

    AttemptLoop(
            PartyNetwork network,
            AttemptControl control,
            JobTerms terms,
            int attemptsMax,
            AttemptFailures failures,
            TranscriptStore transcripts) {
        this.network = network;
        this.control = control;
        this.terms = terms;
        this.attemptsMax = attemptsMax;
        this.failures = failures;
        this.transcripts = transcripts;
    }

    /**
     * Runs attempts at a window until one ends well here, or none is needed any more: the board then says what came of it.
     *
     * @param root of the sealed manifest
     * @param settled whether the window needs no further attempt; asked while this party waits
     * @param body the protocol; called once for each attempt
     * @return whether an attempt ended well here
     * @throws JobHeldException if attempts are exhausted
     */
    boolean untilOne(UnitId unit, ByteString root, BooleanSupplier settled, Consumer<Session> body) {
        Optional<AttemptControl.Attempt> failed = Optional.empty();
        for (int tries = 0; tries < attemptsMax; ) {
            Optional<AttemptControl.Attempt> begun = Optional.empty();
            try {
                if (failed.isPresent()) {
                    control.fail(unit, root, failed.get());
                    failed = Optional.empty();
                }
                begun = control.begin(unit, root, false, settled);
                if (begun.isEmpty()) {
                    return false;
                }
                session(unit, root, begun.get(), session -> {
                    body.accept(session);
                    return session;
                });
                return true;
            } catch (ProtocolAbortException abort) {
                failed = begun;
                tries += counts(begun, abort) ? 1 : 0;
                failures.add(unit, begun.map(AttemptControl.Attempt::number).orElse(0), abort);
            }
        }
        throw exhausted(unit);
    }

    /**
     * Runs attempts at a batch until one ended well everywhere.
     *
     * @param root of the sealed manifest
     * @param committed whether P0 has posted the unit's outcome
     * @param memory of attempts that ended well
     * @param body the protocol; called once for each attempt
     * @throws JobHeldException if attempts are exhausted, outputs differ, or the others went on without this party
     */
    <R extends AttemptResult> R run(
            UnitId unit,
            ByteString root,
            BooleanSupplier committed,
            AttemptMemory<R> memory,
            Function<Session, R> body) {
        Optional<R> reached = memory.recall();
        if (reached.isPresent() && committed.getAsBoolean()) {
            return reached.get();
        }
        Optional<AttemptControl.Attempt> failed = Optional.empty();
        for (int tries = 0; tries < attemptsMax; ) {
            Optional<AttemptControl.Attempt> begun = Optional.empty();
            try {
                if (failed.isPresent()) {
                    control.fail(unit, root, failed.get());
                    failed = Optional.empty();
                }
                begun = control.begin(unit, root, reached.isPresent(), committed);
                if (begun.isEmpty()) {
                    return reached.orElseGet(memory::learn);
                }
                R result = session(unit, root, begun.get(), body);
                requireSame(unit, reached, result);
                memory.keep(result, begun.get().number());
                reached = Optional.of(result);
                if (control.finish(unit, root, begun.get(), committed) == AttemptControl.Verdict.COMMITTED) {
                    return result;
                }
                tries++;
                LOG.warn(
                        "{}, attempt {}: ended well here, but not everywhere",
                        unit,
                        begun.get().number());
            } catch (ProtocolAbortException abort) {
                failed = begun;
                tries += counts(begun, abort) ? 1 : 0;
                failures.add(unit, begun.map(AttemptControl.Attempt::number).orElse(0), abort);
            }
        }
        throw exhausted(unit);
    }

    /** A link that was lost between two attempts has ended none. */
    private static boolean counts(Optional<AttemptControl.Attempt> begun, ProtocolAbortException abort) {
        return begun.isPresent() || abort.reason() != ProtocolAbortException.Reason.PEER_LOST;
    }

    private JobHeldException exhausted(UnitId unit) {
        return new JobHeldException(unit + ": " + attemptsMax + " attempts failed; " + failures.blame());
    }

    private <R> R session(UnitId unit, ByteString root, AttemptControl.Attempt attempt, Function<Session, R> body) {
        SessionContext context = new SessionContext(
                terms.jobId().toByteArray(),
                unit.sessionKind(),
                unit.id(),
                root.toByteArray(),
                attempt.number(),
                terms.ruleHash().toByteArray());
        Profile profile = terms.definition().profile();
        String id = "attempt " + attempt.number() + ", epoch " + attempt.epoch();
        try (MDC.MDCCloseable named = MDC.putCloseable(SESSION, id);
                MeasuredSession session = network.openSession(context, profile)) {
            if (network.currentEpoch().orElse(-1) != attempt.epoch()) {
                throw new ProtocolAbortException(
                        ProtocolAbortException.Reason.PEER_LOST, null, "the epoch ended before the attempt began");
            }
            LOG.info("{}: a session begins", unit);
            R result = run(unit, attempt, session, body);
            session.figures()
                    .forEach(figure -> LOG.debug(
                            "{} {}: {} rounds, {} bytes", unit, figure.path(), figure.rounds(), figure.bytes()));
            return result;
        }
    }

    /** An attempt that fails leaves its signed transcript and nothing else. */
    private <R> R run(UnitId unit, AttemptControl.Attempt attempt, MeasuredSession session, Function<Session, R> body) {
        try {
            return body.apply(session);
        } catch (ProtocolAbortException abort) {
            if (session.profile() == Profile.M) {
                transcripts.keep(unit, attempt.number(), session.transcript());
            }
            throw abort;
        }
    }

    private static <R extends AttemptResult> void requireSame(UnitId unit, Optional<R> before, R now) {
        if (before.isPresent() && !before.get().outputs().equals(now.outputs())) {
            throw new JobHeldException(unit + ": two attempts at one manifest came to different outputs");
        }
    }
}
