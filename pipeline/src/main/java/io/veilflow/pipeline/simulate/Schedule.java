package io.veilflow.pipeline.simulate;

import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The order of everything in one run. Time is virtual and jumps from one event to the next; events of one moment come in an order that
 * the seed gives. Threads are real, but only the one that holds the baton runs, from one wait to its next: so blocking code runs as
 * it is, and one seed always gives the same run. Whoever waits picks the next event itself.
 */
final class Schedule {
    private static final long NANOS_PER_MILLI = 1_000_000;
    /** Real time after which a thread that does not give the baton back is taken for stuck. */
    private static final long STUCK_NANOS = 60_000_000_000L;

    private final SplittableRandom random;
    private final Trace trace = new Trace();
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long now;
    private long count;
    private BooleanSupplier ended = () -> false;
    private long endNanos;
    private volatile Optional<Throwable> fault = Optional.empty();
    private Thread main;
    private volatile boolean mainHolds = true;
    /** To whom the event that is being carried out has given the baton. */
    private SimulatedThread chosen;

    Schedule(SplittableRandom random) {
        this.random = random;
    }

    private record Event(long time, long tie, long number, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(time, other.time);
            int byTie = byTime != 0 ? byTime : Long.compare(tie, other.tie);
            return byTie != 0 ? byTie : Long.compare(number, other.number);
        }
    }

    /** Nanoseconds since the start of the run. */
    long now() {
        return now;
    }

    SplittableRandom random() {
        return random;
    }

    /** Between two numbers of milliseconds, in nanoseconds. */
    long between(double leastMillis, double mostMillis) {
        return (long) (random.nextDouble(leastMillis, mostMillis) * NANOS_PER_MILLI);
    }

    Trace trace() {
        return trace;
    }

    void note(String who, String what) {
        trace.add(now, who, what);
    }

    /** Does something at its time, on no thread of anybody's: it may not wait. */
    void at(long time, Runnable action) {
        events.add(new Event(Math.max(now, time), random.nextLong(), count++, action));
    }

    void after(long nanos, Runnable action) {
        at(now + nanos, action);
    }

    /**
     * Lets time pass. Called by the thread that made this, which does nothing else meanwhile.
     *
     * @return whether it {@code ended}; otherwise nothing is left to do, or time is over
     */
    boolean run(long untilNanos, BooleanSupplier hasEnded) {
        main = Thread.currentThread();
        endNanos = untilNanos;
        ended = hasEnded;
        dispatch(null);
        fault.ifPresent(broken -> {
            throw new IllegalStateException("the simulator itself failed", broken);
        });
        return ended.getAsBoolean();
    }

    boolean isIdle() {
        return events.isEmpty();
    }

    /** The thread begins when it is its turn. */
    void begin(SimulatedThread thread) {
        at(now + between(0, 0.1), () -> choose(thread));
    }

    /**
     * The running thread waits. Nothing else happens before it does.
     *
     * @param leastNanos it waits so long in any case
     * @param mostNanos and so long if nobody calls
     * @return whether somebody called
     */
    boolean await(Signal signal, long leastNanos, long mostNanos) {
        SimulatedThread self = SimulatedThread.current();
        self.requireAlive();
        Signal.Wait wait = signal.join(self, now + leastNanos);
        at(now + mostNanos, () -> resume(wait));
        dispatch(self);
        signal.leave(wait);
        self.requireAlive();
        return wait.wasCalled();
    }

    /** Called: goes on a moment later, if it still waits. */
    void call(Signal.Wait wait) {
        if (wait.call()) {
            at(Math.max(wait.notBefore(), now + between(0, 0.2)), () -> resume(wait));
        }
    }

    /** Goes on as soon as it is its turn, whatever it waits for. */
    void wake(SimulatedThread thread) {
        thread.waiting().ifPresent(wait -> at(now, () -> resume(wait)));
    }

    private void resume(Signal.Wait wait) {
        long thaws = wait.thread().process().pausedUntil();
        if (thaws > now) {
            at(thaws, () -> resume(wait));
        } else if (wait.resume()) {
            choose(wait.thread());
        }
    }

    private void choose(SimulatedThread thread) {
        chosen = thread;
    }

    /** The thread has ended: somebody else goes on. */
    void leave() {
        dispatch(SimulatedThread.current());
    }

    /** @param self who gives the baton away and comes back when it is its turn; null for the main thread, which comes back at the end */
    private void dispatch(SimulatedThread self) {
        while (true) {
            if (isOver()) {
                giveToMain(self);
                return;
            }
            step();
            if (chosen != null) {
                SimulatedThread next = chosen;
                chosen = null;
                if (next != self) {
                    mainHolds = false;
                    next.takeBaton();
                    waitForBaton(self);
                }
                return;
            }
        }
    }

    private void step() {
        Event event = events.remove();
        now = event.time;
        try {
            event.action.run();
        } catch (Throwable broken) {
            fault = Optional.of(broken);
        }
    }

    private boolean isOver() {
        return fault.isPresent() || events.isEmpty() || events.peek().time > endNanos || ended.getAsBoolean();
    }

    private void giveToMain(SimulatedThread self) {
        if (self == null) {
            return;
        }
        mainHolds = true;
        LockSupport.unpark(main);
        self.waitForBaton();
    }

    private void waitForBaton(SimulatedThread self) {
        if (self != null) {
            self.waitForBaton();
            return;
        }
        long steps = trace.steps();
        long since = System.nanoTime();
        while (!mainHolds) {
            LockSupport.parkNanos(this, STUCK_NANOS / 10);
            if (trace.steps() != steps) {
                steps = trace.steps();
                since = System.nanoTime();
            } else if (System.nanoTime() - since > STUCK_NANOS) {
                throw new IllegalStateException("a thread of the simulation does not come back");
            }
        }
    }
}
