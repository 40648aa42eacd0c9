package io.veilflow.pipeline.window;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.wire.Reason;
import io.veilflow.pipeline.wire.Tick;
import io.veilflow.zk.rule.PublicInput;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which window it is, by the feeder's ticks alone (docs/wire.md, section 5). The first tick at or after a window's end
 * closes it, with the values of the last tick before its end; a window without a tick of its own has no values and never
 * comes up. Not thread-safe.
 */
public final class WindowClock {
    private record Seen(long record, List<BigInteger> values) {}

    private final long startMillis;
    private final long windowMillis;
    private final List<PublicInput> inputs;
    private final NavigableMap<Long, ClosedWindow> closed = new TreeMap<>();
    private long lastTime = -1;
    private Seen last;

    public WindowClock(JobTerms terms) {
        this.startMillis = terms.definition().windows().startMillis();
        this.windowMillis = terms.definition().windows().windowMillis();
        this.inputs = terms.feedInputs();
    }

    /** The window that a time lies in; negative before the job's start. */
    public long windowOf(long timeMillis) {
        return Math.floorDiv(timeMillis - startMillis, windowMillis);
    }

    /** First millisecond after a window. */
    public long endOf(long window) {
        return Math.addExact(startMillis, Math.multiplyExact(window + 1, windowMillis));
    }

    /**
     * The feeder's next tick.
     *
     * @param record its index in the feeder's log
     * @return ACCEPTED; MALFORMED if a value is missing, zero, not canonical or wider than its input; REPLAYED if its time is
     *     not after the last tick's. A tick that is not accepted changes nothing.
     */
    public Reason tick(long record, Tick tick) {
        Optional<List<BigInteger>> values = values(tick);
        long time = tick.getTimeMillis();
        if (values.isEmpty() || time < 0) {
            return Reason.MALFORMED;
        }
        if (time <= lastTime) {
            return Reason.REPLAYED;
        }
        if (last != null && windowOf(lastTime) >= 0 && windowOf(time) > windowOf(lastTime)) {
            long window = windowOf(lastTime);
            closed.put(window, new ClosedWindow(window, record, last.record, last.values));
        }
        lastTime = time;
        last = new Seen(record, values.get());
        return Reason.ACCEPTED;
    }

    /** The first window at or after {@code window} that has ended and has values. */
    public Optional<ClosedWindow> firstClosedFrom(long window) {
        return Optional.ofNullable(closed.ceilingEntry(window)).map(NavigableMap.Entry::getValue);
    }

    /** The window that a tick closed, if it is the last one that counted. */
    public Optional<ClosedWindow> closedBy(long record) {
        return Optional.ofNullable(closed.lastEntry())
                .map(NavigableMap.Entry::getValue)
                .filter(window -> window.closingTick() == record);
    }

    /** A window, if it has ended and has values. */
    public Optional<ClosedWindow> closed(long window) {
        return Optional.ofNullable(closed.get(window));
    }

    private Optional<List<BigInteger>> values(Tick tick) {
        if (tick.getValuesCount() != inputs.size()) {
            return Optional.empty();
        }
        List<BigInteger> values = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            ByteString bytes = tick.getValues(i);
            int most = (inputs.get(i).bits() + Byte.SIZE - 1) / Byte.SIZE;
            if (bytes.isEmpty() || bytes.byteAt(0) == 0 || bytes.size() > most) {
                return Optional.empty();
            }
            BigInteger value = new BigInteger(1, bytes.toByteArray());
            if (value.bitLength() > inputs.get(i).bits()) {
                return Optional.empty();
            }
            values.add(value);
        }
        return Optional.of(values);
    }
}
