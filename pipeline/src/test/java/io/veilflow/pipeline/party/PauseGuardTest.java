package io.veilflow.pipeline.party;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.board.BoardWriter;
import io.veilflow.pipeline.wire.End;
import io.veilflow.pipeline.wire.Payload;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PauseGuardTest {
    private static final Payload RECORD =
            Payload.newBuilder().setEnd(End.getDefaultInstance()).build();

    private final SteppedClock clock = new SteppedClock();
    private final Patience patience = new Patience(clock);
    private final PauseGuard guard = guard(false);
    private final BoardWriter log = guard.guarded(new CountedLog());
    private int appended;

    private PauseGuard guard(boolean restarted) {
        return new PauseGuard(clock, Duration.ofSeconds(30), patience, Duration.ofSeconds(100), restarted);
    }

    private final class CountedLog implements BoardWriter {
        @Override
        public String name() {
            return "party-1";
        }

        @Override
        public BoardEntry append(Payload payload) {
            appended++;
            return null;
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    /** Time passes when somebody waits, and the party looks at it every second; or it stands still. */
    private final class SteppedClock implements PartyClock {
        private long seconds;
        private Runnable next = () -> {};

        @Override
        public long nanos() {
            return TimeUnit.SECONDS.toNanos(seconds);
        }

        @Override
        public long millis() {
            return TimeUnit.SECONDS.toMillis(seconds);
        }

        @Override
        public void pause(long millis) {
            seconds++;
            next.run();
        }
    }

    private void runFor(int seconds) {
        for (int second = 0; second < seconds; second++) {
            clock.seconds++;
            guard.look();
        }
    }

    @Test
    @DisplayName("D16: a party that runs posts at once, however long it had nothing to say")
    void aRunningPartyPosts() {
        guard.look();
        runFor(1_000);
        log.append(RECORD);
        assertEquals(1, appended);
        assertEquals(1_000, clock.seconds);
    }

    @Test
    @DisplayName("D16: stopped for 60 s, it posts nothing until its peers have taken it back in another epoch")
    void afterAPauseThePeersComeFirst() {
        guard.look();
        clock.seconds += 60;
        clock.next = () -> {
            guard.look();
            assertEquals(0, appended);
            if (clock.seconds == 75) {
                guard.epochStarted(9);
            }
        };
        log.append(RECORD);
        assertEquals(1, appended);
        assertEquals(75, clock.seconds);
    }

    @Test
    @DisplayName("D16: it stands back if they refuse it, because another process has taken its place")
    void theOlderOneStandsBack() {
        guard.look();
        clock.seconds += 60;
        clock.next = () -> patience.end(() -> new PartyRefusedException("another process went on"));
        assertThrows(PartyRefusedException.class, () -> log.append(RECORD));
        assertThrows(PartyRefusedException.class, () -> log.append(RECORD));
        assertEquals(0, appended);
    }

    @Test
    @DisplayName("D16: it goes no further if they do not come back")
    void nobodyComesBack() {
        guard.look();
        clock.seconds += 31;
        JobHeldException held = assertThrows(JobHeldException.class, () -> log.append(RECORD));
        assertTrue(held.getMessage().contains("after a pause"), held.getMessage());
        assertEquals(0, appended);
    }

    @Test
    @DisplayName("D16: an epoch that begins before anybody has noticed the pause counts")
    void theNetworkMayWakeFirst() {
        guard.look();
        clock.seconds += 60;
        guard.epochStarted(9);
        log.append(RECORD);
        assertEquals(1, appended);
    }

    @Test
    @DisplayName("D3: started again, it posts nothing until its peers have taken its journal")
    void afterARestartThePeersComeFirst() {
        PauseGuard restarted = guard(true);
        clock.next = () -> {
            assertEquals(0, appended);
            if (clock.seconds == 12) {
                restarted.epochStarted(9);
            }
        };
        restarted.guarded(new CountedLog()).append(RECORD);
        assertEquals(1, appended);
        assertEquals(12, clock.seconds);
    }

    @Test
    @DisplayName("D3: they may never come back: two parties end a window without the third, after half a minute")
    void afterARestartOthersMayBeAway() {
        PauseGuard restarted = guard(true);
        clock.next = restarted::look;
        restarted.guarded(new CountedLog()).append(RECORD);
        assertEquals(1, appended);
        assertEquals(30, clock.seconds);
    }
}
