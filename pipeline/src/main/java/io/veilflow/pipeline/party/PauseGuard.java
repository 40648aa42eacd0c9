package io.veilflow.pipeline.party;

import io.veilflow.mpc.session.NetworkListener;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.board.BoardWriter;
import io.veilflow.pipeline.wire.Payload;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A party that stood still for longer than its peers bear silence may have been replaced meanwhile, on another machine under the same
 * identity (THREATS D16). Before it posts anything more, its peers have to take it back, in an epoch that begins after the pause: there
 * they hold its journal to what the replacement has told them ({@link PeerHeads}). Sessions need no guard, since their epoch ended
 * with the silence, nor does the chain, which takes the same statement once from whomever.
 *
 * <p>The same holds for a party that is started again, since it may have been given an older copy of its journal. But two parties must be able to end a
 * window that was opened when the third never comes back, so it waits for the others no longer than for a pause to count, and posts then.
 *
 * <p>What it cannot stop is the one record that was on its way to the disk when the process was stopped. Thread-safe.
 */
final class PauseGuard implements NetworkListener {
    private final PartyClock clock;
    private final long longestNanos;
    private final Patience patience;
    private final Duration patienceForEpoch;
    private OptionalLong lastSeen = OptionalLong.empty();
    private Optional<Deadline> start;
    private boolean away;

    /**
     * @param longest the longest time without a sign of life after which the peers still wait: after more, they have ended the epoch
     * @param patienceForEpoch how long a post waits for the next epoch after a pause
     * @param restarted whether this party has posted before: then it may have an older copy of its journal, which the others know better
     */
    PauseGuard(PartyClock clock, Duration longest, Patience patience, Duration patienceForEpoch, boolean restarted) {
        this.clock = clock;
        this.longestNanos = longest.toNanos();
        this.patience = patience;
        this.patienceForEpoch = patienceForEpoch;
        this.start = restarted ? Optional.of(new Deadline(clock, longest)) : Optional.empty();
    }

    /** Called far more often than the longest pause, as long as the process runs. */
    synchronized void look() {
        long now = clock.nanos();
        away |= lastSeen.isPresent() && now - lastSeen.getAsLong() > longestNanos;
        lastSeen = OptionalLong.of(now);
    }

    @Override
    public synchronized void epochStarted(long epoch) {
        look();
        away = false;
        start = Optional.empty();
    }

    @Override
    public void epochEnded(long epoch, ProtocolAbortException cause) {
        // parties that lose each other go on with what two can do
    }

    @Override
    public void connectionFailed(ProtocolAbortException cause) {
        // the network tries again, or this party is refused
    }

    BoardWriter guarded(BoardWriter log) {
        return new BoardWriter() {
            @Override
            public String name() {
                return log.name();
            }

            @Override
            public BoardEntry append(Payload payload) {
                patience.await(
                        patienceForEpoch,
                        "the other parties after a pause or a restart of this one",
                        () -> isAway() ? Optional.empty() : Optional.of(log));
                return log.append(payload);
            }

            @Override
            public void close() {
                log.close();
            }
        };
    }

    private synchronized boolean isAway() {
        look();
        return away || start.filter(deadline -> !deadline.passed()).isPresent();
    }
}
