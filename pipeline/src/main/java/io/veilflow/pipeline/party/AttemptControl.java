package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.PartyNetwork;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.pipeline.journal.Journal;
import io.veilflow.pipeline.journal.JournalEntry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * Agreement on the attempts at one sealed unit. P0 sequences and chooses nothing else: it starts an attempt when both others
 * are ready, under a number above all that the three have journalled, and calls that at a batch good when both say that it ended
 * well. What P0 then posts on the board is the commit that the others wait for: a message that is lost cannot split them. A window
 * needs no such commit: what the group has signed of it is settled. A party at which an attempt at a batch has ended well, and which was
 * restarted since or lost its links, says so instead of READY; when all three say so, P0 commits and no attempt follows.
 *
 * <p><b>Security.</b> Messages are authenticated by the links and choose no content: that is the signed manifest's. A P0 that
 * lies here can waste attempts, of which there is a bounded number.
 *
 * <p><b>Cost.</b> Three messages of {@value ControlMessage#BYTES} bytes for each follower and attempt, two delays before it
 * and one behind.
 */
final class AttemptControl {
    private static final Duration SLICE = Duration.ofMillis(50);
    /** A journalled number that a peer reports is believed only so far above the own one. */
    private static final int NUMBERS_AHEAD_MAX = 1_000;

    /** Over all restarts a unit may be begun so many times as often as without one. */
    private static final int RESTARTS = 8;

    private static final UnitId NO_UNIT = UnitId.batch(0);
    private static final ByteString NO_ROOT = ByteString.copyFrom(new byte[32]);

    private final PartyNetwork network;
    private final Journal journal;
    private final PartyLimits limits;
    private final PartyClock clock;
    private final Patience patience;
    /** What peers said in a new epoch before the leader knew that the attempt's was over. */
    private final Map<PartyId, Heard> early = new EnumMap<>(PartyId.class);

    /** How long P0 is waited for at the end; empty while it is there, or something is left to do. */
    private Optional<Deadline> alone = Optional.empty();

    /**
     * A try at a unit.
     *
     * @param number from 1, journalled
     * @param epoch the one that all three began it in
     */
    record Attempt(int number, long epoch) {}

    /** How an attempt that ended well here went for the others. */
    enum Verdict {
        COMMITTED,
        AGAIN
    }

    AttemptControl(PartyNetwork network, Journal journal, PartyLimits limits, PartyClock clock, Patience patience) {
        this.network = network;
        this.journal = journal;
        this.limits = limits;
        this.clock = clock;
        this.patience = patience;
    }

    boolean leads() {
        return network.self() == PartyId.P0;
    }

    /**
     * Waits until the next attempt at the unit may begin, and journals it.
     *
     * @param reached whether an attempt has ended well here already, before a restart or after
     * @param settled whether the unit needs no further attempt; asked while this party waits
     * @return the attempt; empty if the unit was settled meanwhile, or one has ended well everywhere
     * @throws JobHeldException if the others are not ready in time
     * @throws ProtocolAbortException if there is no connection
     */
    Optional<Attempt> begin(UnitId unit, ByteString root, boolean reached, BooleanSupplier settled) {
        requireFew(unit);
        Optional<Attempt> attempt = leads() ? lead(unit, root, reached, settled) : follow(unit, root, reached, settled);
        attempt.ifPresent(begun -> {
            journal.append(new JournalEntry(JournalEntry.Type.ATTEMPT, unit.kind(), unit.id(), begun.number(), root));
            if (leads()) {
                tellBoth(new ControlMessage(ControlMessage.Type.START, unit, root, begun.number()));
            }
        });
        return attempt;
    }

    /** A party that is started again and again is no way to begin attempts without end (THREATS D14). */
    private void requireFew(UnitId unit) {
        int begun = journal.numbers(JournalEntry.Type.ATTEMPT, unit.kind(), unit.id())
                .size();
        if (begun >= RESTARTS * limits.failures().attempts()) {
            throw new JobHeldException(begun + " attempts at " + unit + " were begun, over all restarts of this party");
        }
    }

    /** The attempt ended well here. */
    Verdict finish(UnitId unit, ByteString root, Attempt attempt, BooleanSupplier committed) {
        return leads() ? collect(unit, root, attempt) : awaitCommit(unit, root, attempt, committed);
    }

    /** The attempt failed here. If its epoch ended it failed everywhere. */
    void fail(UnitId unit, ByteString root, Attempt attempt) {
        if (!inEpoch(attempt.epoch())) {
            return;
        }
        if (leads()) {
            tellBoth(new ControlMessage(ControlMessage.Type.RETRY, unit, root, attempt.number()));
        } else {
            tell(PartyId.P0, new ControlMessage(ControlMessage.Type.FAILED, unit, root, attempt.number()));
        }
    }

    /** This party goes no further. */
    void hold() {
        if (network.currentEpoch().isPresent()) {
            ControlMessage hold = new ControlMessage(ControlMessage.Type.HOLD, NO_UNIT, NO_ROOT, 0);
            if (leads()) {
                tellBoth(hold);
            } else {
                tell(PartyId.P0, hold);
            }
        }
    }

    /**
     * Whether no further unit follows though P0 has not said so: nothing is left to do, and it has been gone for as long as anybody is waited
     * for. A P0 that comes back before that may have read more, and proposes it.
     *
     * @param nothingLeft by what this party has read
     */
    boolean isAbandoned(boolean nothingLeft) {
        receive(PartyId.P0);
        if (!nothingLeft || network.currentEpoch().isPresent()) {
            alone = Optional.empty();
        } else if (alone.isEmpty()) {
            alone = Optional.of(new Deadline(clock, limits.agreement()));
        }
        return alone.filter(Deadline::passed).isPresent();
    }

    private Optional<Attempt> lead(UnitId unit, ByteString root, boolean reached, BooleanSupplier settled) {
        Deadline deadline = new Deadline(clock, limits.agreement());
        Map<PartyId, Heard> heard = new EnumMap<>(early);
        early.clear();
        while (!deadline.passed()) {
            OptionalLong epoch = awaitEpoch(settled);
            if (epoch.isEmpty()) {
                return Optional.empty();
            }
            Wait wait = new Wait(unit, root, epoch.getAsLong(), deadline, settled, heard);
            Optional<ControlMessage> first = awaitReady(PartyId.P1, wait);
            Optional<ControlMessage> second = first.isEmpty() ? first : awaitReady(PartyId.P2, wait);
            if (second.isPresent()) {
                boolean everywhere = reached && isDone(first.get()) && isDone(second.get());
                int own = journal.largestAttempt(unit.kind(), unit.id());
                int largest = Math.max(
                        own, Math.max(first.get().attempt(), second.get().attempt()));
                return everywhere ? Optional.empty() : Optional.of(new Attempt(1 + largest, epoch.getAsLong()));
            }
            if (settled.getAsBoolean()) {
                return Optional.empty();
            }
        }
        throw new JobHeldException("the other parties were not ready for " + unit + " in time");
    }

    private static boolean isDone(ControlMessage message) {
        return message.type() == ControlMessage.Type.DONE;
    }

    /** What the leader waits for, and how long. */
    private record Wait(
            UnitId unit,
            ByteString root,
            long epoch,
            Deadline deadline,
            BooleanSupplier settled,
            Map<PartyId, Heard> heard) {}

    /** A peer says it once in an epoch, and the wait that takes it may have begun in the epoch before. */
    private record Heard(long epoch, ControlMessage message) {}

    /**
     * READY, or DONE from a peer at which an attempt has ended well: then it stays so. Empty if the epoch ended, time is over, or the unit
     * is settled.
     */
    private Optional<ControlMessage> awaitReady(PartyId peer, Wait wait) {
        UnitId unit = wait.unit();
        while (inEpoch(wait.epoch())
                && !wait.deadline().passed()
                && !wait.settled().getAsBoolean()) {
            Optional<ControlMessage> message = heardIn(peer, wait);
            if (message.isPresent()) {
                int largest = message.get().attempt();
                if (largest > journal.largestAttempt(unit.kind(), unit.id()) + NUMBERS_AHEAD_MAX) {
                    throw new JobHeldException(peer + " reports attempt " + largest + " at " + unit);
                }
                return message;
            }
        }
        return Optional.empty();
    }

    private Optional<ControlMessage> heardIn(PartyId peer, Wait wait) {
        Heard before = wait.heard().get(peer);
        if (before == null || before.epoch() != wait.epoch()) {
            note(peer, receive(peer), wait.unit(), wait.root(), wait.heard());
        }
        return Optional.ofNullable(wait.heard().get(peer))
                .filter(now -> now.epoch() == wait.epoch())
                .map(Heard::message);
    }

    private void note(
            PartyId peer, Optional<ControlMessage> message, UnitId unit, ByteString root, Map<PartyId, Heard> heard) {
        message.filter(any -> isFor(any, ControlMessage.Type.READY, unit, root)
                        || isFor(any, ControlMessage.Type.DONE, unit, root))
                .ifPresent(
                        any -> heard.put(peer, new Heard(network.currentEpoch().orElse(-1), any)));
    }

    private Optional<Attempt> follow(UnitId unit, ByteString root, boolean reached, BooleanSupplier settled) {
        Deadline deadline = new Deadline(clock, limits.agreement());
        int own = journal.largestAttempt(unit.kind(), unit.id());
        ControlMessage.Type standing = reached ? ControlMessage.Type.DONE : ControlMessage.Type.READY;
        while (!deadline.passed()) {
            OptionalLong known = awaitEpoch(settled);
            if (known.isEmpty()) {
                return Optional.empty();
            }
            long epoch = known.getAsLong();
            tell(PartyId.P0, new ControlMessage(standing, unit, root, own));
            while (inEpoch(epoch) && !deadline.passed()) {
                if (settled.getAsBoolean()) {
                    return Optional.empty();
                }
                Optional<ControlMessage> message = receive(PartyId.P0);
                if (message.filter(start -> isFor(start, ControlMessage.Type.START, unit, root))
                        .isPresent()) {
                    return Optional.of(new Attempt(requireFresh(message.get(), own), epoch));
                }
            }
        }
        throw new JobHeldException("P0 did not start " + unit + " in time");
    }

    private static int requireFresh(ControlMessage start, int own) {
        if (start.attempt() <= own || start.attempt() > own + NUMBERS_AHEAD_MAX) {
            throw new JobHeldException(
                    "P0 starts attempt " + start.attempt() + " at " + start.unit() + ", the largest here is " + own);
        }
        return start.attempt();
    }

    private Verdict collect(UnitId unit, ByteString root, Attempt attempt) {
        Deadline deadline = new Deadline(clock, limits.agreement());
        for (PartyId peer : new PartyId[] {PartyId.P1, PartyId.P2}) {
            if (!awaitDone(peer, unit, root, attempt, deadline)) {
                tellBoth(new ControlMessage(ControlMessage.Type.RETRY, unit, root, attempt.number()));
                return Verdict.AGAIN;
            }
        }
        return Verdict.COMMITTED;
    }

    private boolean awaitDone(PartyId peer, UnitId unit, ByteString root, Attempt attempt, Deadline deadline) {
        while (inEpoch(attempt.epoch()) && !deadline.passed()) {
            Optional<ControlMessage> heard = receive(peer);
            if (!inEpoch(attempt.epoch())) {
                note(peer, heard, unit, root, early);
            }
            Optional<ControlMessage> message = heard.filter(
                    any -> any.unit().equals(unit) && any.root().equals(root) && any.attempt() == attempt.number());
            if (message.filter(any -> any.type() == ControlMessage.Type.DONE).isPresent()) {
                return true;
            }
            if (message.filter(any -> any.type() == ControlMessage.Type.FAILED).isPresent()) {
                return false;
            }
        }
        return false;
    }

    private Verdict awaitCommit(UnitId unit, ByteString root, Attempt attempt, BooleanSupplier committed) {
        Deadline deadline = new Deadline(clock, limits.agreement());
        tell(PartyId.P0, new ControlMessage(ControlMessage.Type.DONE, unit, root, attempt.number()));
        while (!deadline.passed()) {
            if (committed.getAsBoolean()) {
                return Verdict.COMMITTED;
            }
            Optional<ControlMessage> message = receive(PartyId.P0);
            boolean again = message.filter(retry -> isFor(retry, ControlMessage.Type.RETRY, unit, root))
                    .filter(retry -> retry.attempt() == attempt.number())
                    .isPresent();
            if (again || !inEpoch(attempt.epoch())) {
                return Verdict.AGAIN;
            }
        }
        throw new JobHeldException("P0 did not commit " + unit + " in time");
    }

    private static boolean isFor(ControlMessage message, ControlMessage.Type type, UnitId unit, ByteString root) {
        return message.type() == type
                && message.unit().equals(unit)
                && message.root().equals(root);
    }

    /** Empty if the unit was settled meanwhile. */
    private OptionalLong awaitEpoch(BooleanSupplier settled) {
        Deadline deadline = new Deadline(clock, limits.epoch());
        while (!deadline.passed()) {
            OptionalLong epoch = network.currentEpoch();
            if (epoch.isPresent() || settled.getAsBoolean()) {
                return epoch;
            }
            patience.pause();
        }
        return OptionalLong.of(network.awaitEpoch(Duration.ZERO));
    }

    private boolean inEpoch(long epoch) {
        return network.currentEpoch().orElse(-1) == epoch;
    }

    private Optional<ControlMessage> receive(PartyId from) {
        patience.requireNotEnded();
        Optional<ControlMessage> message =
                network.receiveControl(from, SLICE).map(bytes -> ControlMessage.read(from, bytes));
        // may come while this party still waits for the commit of the last unit
        message.filter(hold -> hold.type() == ControlMessage.Type.HOLD).ifPresent(hold -> {
            throw new JobHeldException(from + " holds the job and begins no further attempt");
        });
        return message;
    }

    private void tellBoth(ControlMessage message) {
        tell(PartyId.P1, message);
        tell(PartyId.P2, message);
    }

    private void tell(PartyId to, ControlMessage message) {
        network.sendControl(to, message.bytes());
    }
}
