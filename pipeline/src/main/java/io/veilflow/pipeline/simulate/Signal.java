package io.veilflow.pipeline.simulate;

import java.util.ArrayList;
import java.util.List;

/** Something that threads of the simulation wait for. */
final class Signal {
    private final Schedule schedule;
    private final List<Wait> waits = new ArrayList<>();
    private long calls;

    Signal(Schedule schedule) {
        this.schedule = schedule;
    }

    /** A thread's wait, from its beginning until the thread goes on. */
    static final class Wait {
        private final SimulatedThread thread;
        private final long notBefore;
        private boolean called;
        private boolean resumed;

        private Wait(SimulatedThread thread, long notBefore) {
            this.thread = thread;
            this.notBefore = notBefore;
        }

        SimulatedThread thread() {
            return thread;
        }

        long notBefore() {
            return notBefore;
        }

        boolean wasCalled() {
            return called;
        }

        /** False if it was called before. */
        boolean call() {
            boolean first = !called;
            called = true;
            return first;
        }

        /** False if it has ended. */
        boolean resume() {
            boolean first = !resumed;
            resumed = true;
            return first;
        }
    }

    /** How often it was called so far. */
    long calls() {
        return calls;
    }

    /** All who wait go on. */
    void call() {
        calls++;
        List.copyOf(waits).forEach(schedule::call);
    }

    Wait join(SimulatedThread thread, long notBefore) {
        Wait wait = new Wait(thread, notBefore);
        waits.add(wait);
        thread.waits(wait);
        return wait;
    }

    void leave(Wait wait) {
        waits.remove(wait);
    }
}
