package io.veilflow.pipeline.window;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.job.PostingPolicy;
import io.veilflow.pipeline.job.SampleJob;
import io.veilflow.pipeline.job.WindowPolicy;
import io.veilflow.pipeline.wire.Reason;
import io.veilflow.pipeline.wire.Tick;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class WindowClockTest {
    private static final WindowPolicy POLICY =
            new WindowPolicy(10_000, 1_000, 1, OptionalInt.empty(), 2, PostingPolicy.provenOnly());

    private final WindowClock clock = new WindowClock(new JobTerms(SampleJob.with(SampleJob.definition(), POLICY)));

    @Test
    void aWindowCoversItsFirstMillisecondAndNotItsLast() {
        assertEquals(0, clock.windowOf(10_000));
        assertEquals(0, clock.windowOf(10_999));
        assertEquals(1, clock.windowOf(11_000));
        assertEquals(-1, clock.windowOf(9_999));
        assertEquals(11_000, clock.endOf(0));
    }

    @Test
    void theFirstTickAtOrAfterTheEndClosesWithTheLastValuesBefore() {
        tick(0, 10_100, 1);
        tick(1, 10_999, 2);
        assertEquals(Optional.empty(), clock.firstClosedFrom(0));
        tick(2, 11_000, 3);
        assertEquals(Optional.of(closed(0, 2, 1, 2)), clock.closed(0));
        tick(3, 11_500, 4);
        tick(4, 12_001, 5);
        assertEquals(Optional.of(closed(1, 4, 3, 4)), clock.firstClosedFrom(1));
    }

    @Test
    void aWindowWithoutATickNeverComesUp() {
        tick(0, 10_500, 1);
        tick(1, 14_200, 2);
        assertEquals(Optional.of(closed(0, 1, 0, 1)), clock.firstClosedFrom(0));
        assertEquals(Optional.empty(), clock.firstClosedFrom(1));
        tick(2, 15_000, 3);
        assertEquals(Optional.of(closed(4, 2, 1, 2)), clock.firstClosedFrom(1));
    }

    @Test
    void ticksBeforeTheStartBelongToNoWindow() {
        tick(0, 5, 1);
        tick(1, 10_000, 2);
        assertEquals(Optional.empty(), clock.firstClosedFrom(-10));
    }

    /** A14: out of order, zero, too wide, another form. Nothing changes. */
    @Test
    void aBadTickChangesNothing() {
        tick(0, 10_100, 1);
        ByteString one = ByteString.copyFrom(new byte[] {1});
        assertEquals(Reason.REPLAYED, clock.tick(1, with(10_100, one, one)));
        assertEquals(Reason.REPLAYED, clock.tick(2, with(10_000, one, one)));
        assertEquals(Reason.MALFORMED, clock.tick(3, with(12_000, one)));
        assertEquals(Reason.MALFORMED, clock.tick(4, with(12_000, one, one, one)));
        assertEquals(Reason.MALFORMED, clock.tick(5, with(12_000, one, ByteString.EMPTY)));
        assertEquals(Reason.MALFORMED, clock.tick(6, with(12_000, one, ByteString.copyFrom(new byte[] {0, 1}))));
        assertEquals(
                Reason.MALFORMED,
                clock.tick(7, with(12_000, one, ByteString.copyFrom(new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0}))));
        assertEquals(Reason.MALFORMED, clock.tick(8, with(-1, one, one)));
        assertEquals(Optional.empty(), clock.firstClosedFrom(0));
        tick(9, 11_000, 2);
        assertEquals(Optional.of(closed(0, 9, 0, 1)), clock.firstClosedFrom(0));
    }

    private void tick(long record, long time, int value) {
        ByteString bytes = ByteString.copyFrom(new byte[] {(byte) value});
        assertEquals(Reason.ACCEPTED, clock.tick(record, with(time, bytes, bytes)));
    }

    private static Tick with(long time, ByteString... values) {
        return Tick.newBuilder()
                .setTimeMillis(time)
                .addAllValues(List.of(values))
                .build();
    }

    private static ClosedWindow closed(long window, long closing, long values, int value) {
        return new ClosedWindow(window, closing, values, List.of(BigInteger.valueOf(value), BigInteger.valueOf(value)));
    }
}
