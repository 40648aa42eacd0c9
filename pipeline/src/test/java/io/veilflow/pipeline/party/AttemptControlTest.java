package io.veilflow.pipeline.party;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.MeasuredSession;
import io.veilflow.mpc.session.NetworkListener;
import io.veilflow.mpc.session.PartyNetwork;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.SessionContext;
import io.veilflow.pipeline.config.FailureLimits;
import io.veilflow.pipeline.journal.JournalEntry;
import io.veilflow.pipeline.journal.MemoryJournal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AttemptControlTest {
    private static final UnitId UNIT = UnitId.window(0);
    private static final ByteString ROOT = ByteString.copyFrom(new byte[32]);

    @Test
    @DisplayName("B9, B13: a READY of the new epoch counts, though the wait that takes it began in the epoch before")
    void aReadyOfTheNewEpochCounts() {
        ManualClock clock = new ManualClock();
        TurningNetwork network = new TurningNetwork(clock);
        ControlMessage ready = new ControlMessage(ControlMessage.Type.READY, UNIT, ROOT, 0);
        network.says(PartyId.P1, ready);
        network.says(PartyId.P2, ready);
        AttemptControl control = new AttemptControl(
                network, new MemoryJournal(), PartyLimits.of(FailureLimits.DEFAULT), clock, new Patience(clock));

        assertEquals(
                Optional.of(new AttemptControl.Attempt(1, TurningNetwork.SECOND)),
                control.begin(UNIT, ROOT, false, () -> false));
        ControlMessage start = new ControlMessage(ControlMessage.Type.START, UNIT, ROOT, 1);
        assertEquals(List.of(start, start), network.told);
    }

    @Test
    @DisplayName(
            "B9, B13: a READY of the new epoch counts, though P0 still waits for the end of an attempt of the epoch before")
    void aReadyCountsThatCameWhileTheLastAttemptEnded() {
        ManualClock clock = new ManualClock();
        TurningNetwork network = new TurningNetwork(clock);
        MemoryJournal journal = new MemoryJournal();
        journal.append(new JournalEntry(JournalEntry.Type.ATTEMPT, UNIT.kind(), UNIT.id(), 1, ROOT));
        network.says(PartyId.P1, new ControlMessage(ControlMessage.Type.READY, UNIT, ROOT, 1));
        network.says(PartyId.P2, new ControlMessage(ControlMessage.Type.READY, UNIT, ROOT, 1));
        AttemptControl control =
                new AttemptControl(network, journal, PartyLimits.of(FailureLimits.DEFAULT), clock, new Patience(clock));

        assertEquals(
                AttemptControl.Verdict.AGAIN,
                control.finish(UNIT, ROOT, new AttemptControl.Attempt(1, 1), () -> false));
        assertEquals(
                Optional.of(new AttemptControl.Attempt(2, TurningNetwork.SECOND)),
                control.begin(UNIT, ROOT, true, () -> false));
    }

    @Test
    @DisplayName(
            "D5: a P0 that is away at the end is waited for, as long as anybody is: it may have read more, and propose it")
    void aP0ThatIsAwayAtTheEndIsWaitedFor() {
        ManualClock clock = new ManualClock();
        TurningNetwork network = new TurningNetwork(clock);
        PartyLimits limits = PartyLimits.of(FailureLimits.DEFAULT);
        AttemptControl control = new AttemptControl(network, new MemoryJournal(), limits, clock, new Patience(clock));
        long agreement = limits.agreement().toMillis();

        network.isAway = true;
        assertFalse(control.isAbandoned(true));
        clock.pause(agreement / 2);
        assertFalse(control.isAbandoned(true));
        network.isAway = false;
        assertFalse(control.isAbandoned(true), "it is there again");
        network.isAway = true;
        assertFalse(control.isAbandoned(true));
        clock.pause(agreement / 2);
        assertFalse(control.isAbandoned(true), "it was there in between");
        clock.pause(agreement);
        assertFalse(control.isAbandoned(false), "something is left to do");
        assertFalse(control.isAbandoned(true));
        clock.pause(agreement);
        assertTrue(control.isAbandoned(true));
    }

    private static final class ManualClock implements PartyClock {
        private long nanos;

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public long millis() {
            return Duration.ofNanos(nanos).toMillis();
        }

        @Override
        public void pause(long millis) {
            nanos += Duration.ofMillis(millis).toNanos();
        }
    }

    /** P0's. Its first epoch ends while P0 waits for the first message; what it then hears was said in the second, and once. */
    private static final class TurningNetwork implements PartyNetwork {
        private static final long SECOND = 2;

        private final ManualClock clock;
        private final Map<PartyId, Deque<byte[]>> waiting = new EnumMap<>(PartyId.class);
        private final List<ControlMessage> told = new ArrayList<>();
        private long epoch = 1;
        private boolean isAway;

        TurningNetwork(ManualClock clock) {
            this.clock = clock;
        }

        void says(PartyId peer, ControlMessage message) {
            waiting.computeIfAbsent(peer, first -> new ArrayDeque<>()).add(message.bytes());
        }

        @Override
        public PartyId self() {
            return PartyId.P0;
        }

        @Override
        public Optional<byte[]> receiveControl(PartyId from, Duration timeout) {
            epoch = SECOND;
            clock.pause(timeout.toMillis());
            return Optional.ofNullable(
                    waiting.getOrDefault(from, new ArrayDeque<>()).poll());
        }

        @Override
        public OptionalLong currentEpoch() {
            return isAway ? OptionalLong.empty() : OptionalLong.of(epoch);
        }

        @Override
        public long awaitEpoch(Duration timeout) {
            return epoch;
        }

        @Override
        public void sendControl(PartyId to, byte[] message) {
            told.add(ControlMessage.read(PartyId.P0, message));
        }

        @Override
        public MeasuredSession openSession(SessionContext context, Profile profile) {
            throw new UnsupportedOperationException("no attempt is run here");
        }

        @Override
        public void addListener(NetworkListener listener) {
            throw new UnsupportedOperationException("nobody listens here");
        }

        @Override
        public void start() {
            epoch = 1;
        }

        @Override
        public void close() {
            waiting.clear();
        }
    }
}
