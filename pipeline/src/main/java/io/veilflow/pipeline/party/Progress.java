package io.veilflow.pipeline.party;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.MDC;

/**
 * Where the driver of a party is, for those who look on: written by its thread, read by any. Public facts only. While a unit is worked
 * on, its name stands in the thread's context, so that every line of the log tells it.
 */
final class Progress {
    /** Key in the logging context of the unit that the driver works on. */
    static final String UNIT = "unit";

    private final PartyClock clock;
    private final AtomicLong decided = new AtomicLong();
    private volatile Place place;
    private volatile long turnedNanos;
    private volatile Optional<WindowOutcome> last = Optional.empty();

    /**
     * Where it is.
     *
     * @param sinceNanos by the party's clock
     */
    record Place(PartyStage stage, Optional<UnitId> unit, long sinceNanos) {}

    Progress(PartyClock clock) {
        this.clock = clock;
        enter(PartyStage.STARTING, Optional.empty());
    }

    /** The driver waits for the next unit. */
    void waiting() {
        MDC.remove(UNIT);
        enter(PartyStage.WAITING, Optional.empty());
    }

    void begin(UnitId unit, PartyStage stage) {
        MDC.put(UNIT, unit.toString());
        enter(stage, Optional.of(unit));
    }

    /** The next stage of the same unit. */
    void stage(PartyStage stage) {
        enter(stage, place.unit());
    }

    /** The driver's waiting has gone round once more. */
    void turned() {
        turnedNanos = clock.nanos();
    }

    void decided(int records) {
        decided.addAndGet(records);
    }

    void ended(WindowOutcome outcome) {
        last = Optional.of(outcome);
    }

    Place place() {
        return place;
    }

    long turnedNanos() {
        return turnedNanos;
    }

    /** Records that this process has decided, those of before a restart again. */
    long decided() {
        return decided.get();
    }

    Optional<WindowOutcome> last() {
        return last;
    }

    private void enter(PartyStage stage, Optional<UnitId> unit) {
        turned();
        place = new Place(stage, unit, turnedNanos);
    }
}
