package io.veilflow.pipeline.operate;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.board.Board;
import io.veilflow.pipeline.board.BoardException;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.operate.StatusDocument.Missing;
import io.veilflow.pipeline.post.ChainView;
import io.veilflow.pipeline.post.SettlementException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Looks again and again whether the things outside that a party needs are there: the board, the chain's node. Whoever asks gets what
 * was found last, so that asking costs nothing; a look that does not come back is itself an answer.
 */
final class Readiness implements AutoCloseable {
    private static final long PERIOD_SECONDS = 5;
    private static final long OLD_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final LongSupplier nanos;
    private final List<Probe> probes;
    private final List<ScheduledExecutorService> threads = new ArrayList<>();

    /** One thing that is looked at, on a thread of its own. */
    private static final class Probe {
        private final String part;
        private final Supplier<Optional<String>> look;
        private volatile Optional<String> found = Optional.of("not looked at yet");
        private volatile long foundNanos;

        Probe(String part, Supplier<Optional<String>> look) {
            this.part = part;
            this.look = look;
        }
    }

    /** @param nanos a clock that never goes back */
    Readiness(Board board, ChainView chain, ByteString jobId, LongSupplier nanos) {
        this.nanos = nanos;
        this.probes = List.of(new Probe("board", () -> board(board)), new Probe("chain", () -> chain(chain, jobId)));
        for (Probe probe : probes) {
            probe.foundNanos = nanos.getAsLong();
            ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
                Thread daemon = new Thread(task, "readiness-" + probe.part);
                daemon.setDaemon(true);
                return daemon;
            });
            thread.scheduleWithFixedDelay(() -> look(probe), 0, PERIOD_SECONDS, TimeUnit.SECONDS);
            threads.add(thread);
        }
    }

    /** What is not there, and why. */
    List<Missing> missing() {
        List<Missing> missing = new ArrayList<>();
        for (Probe probe : probes) {
            long age = nanos.getAsLong() - probe.foundNanos;
            Optional<String> reason = age > OLD_NANOS
                    ? Optional.of("no answer for " + TimeUnit.NANOSECONDS.toSeconds(age) + " s")
                    : probe.found;
            reason.ifPresent(why -> missing.add(new Missing(probe.part, why)));
        }
        return missing;
    }

    @Override
    public void close() {
        threads.forEach(ScheduledExecutorService::shutdownNow);
    }

    private void look(Probe probe) {
        Optional<String> found;
        try {
            found = probe.look.get();
        } catch (RuntimeException failed) {
            found = Optional.of("a fault of kind " + failed.getClass().getSimpleName());
        }
        probe.found = found;
        probe.foundNanos = nanos.getAsLong();
    }

    private static Optional<String> board(Board board) {
        try {
            for (PartyId party : PartyId.values()) {
                long size = board.size(EnrolledParty.writer(party));
                if (size > 0) {
                    board.read(EnrolledParty.writer(party), size - 1);
                }
            }
            return Optional.empty();
        } catch (BoardException refused) {
            return Optional.of("a party's log cannot be read: " + refused.reason());
        }
    }

    /** The kind of failure only: messages name addresses, and an address may hold an access key. */
    private static Optional<String> chain(ChainView chain, ByteString jobId) {
        try {
            chain.nextWindow(jobId);
            return Optional.empty();
        } catch (SettlementException refused) {
            return Optional.of("the chain's node: " + refused.reason());
        }
    }
}
