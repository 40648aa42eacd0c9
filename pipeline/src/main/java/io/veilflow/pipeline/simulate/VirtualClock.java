package io.veilflow.pipeline.simulate;

import io.veilflow.pipeline.party.PartyClock;

/**
 * The clock of a simulated process. Whoever pauses again and again in order to look is woken when there is something to see, or after
 * a while: a computer may always be slower than it was asked to be, and a look that sees nothing new changes nothing.
 */
final class VirtualClock implements PartyClock {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final double LATE_MILLIS = 3;
    private static final double LONGEST_LOOK_MILLIS = 400;

    private final Schedule schedule;
    private final SimulatedProcess process;
    private long stepMillis;
    private long seen;

    VirtualClock(Schedule schedule, SimulatedProcess process) {
        this.schedule = schedule;
        this.process = process;
    }

    /** From now on the wall clock is wrong by this much. */
    void step(long millis) {
        stepMillis = millis;
    }

    @Override
    public long nanos() {
        return schedule.now();
    }

    @Override
    public long millis() {
        return schedule.now() / NANOS_PER_MILLI + stepMillis;
    }

    @Override
    public void pause(long millis) {
        long least = millis * NANOS_PER_MILLI + schedule.between(0, LATE_MILLIS);
        boolean nothingNew = seen == process.news().calls();
        seen = process.news().calls();
        long most = nothingNew ? Math.max(least, schedule.between(1, LONGEST_LOOK_MILLIS)) : least;
        schedule.await(process.news(), least, most);
    }
}
