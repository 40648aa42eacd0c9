package io.veilflow.pipeline.simulate;

import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A thread of a simulated process: runs only while it holds the baton of the {@link Schedule}. */
final class SimulatedThread extends Thread {
    private final Schedule schedule;
    private final SimulatedProcess process;
    private volatile boolean holdsBaton;
    private boolean over;
    private Optional<Signal.Wait> waiting = Optional.empty();

    SimulatedThread(Schedule schedule, SimulatedProcess process, String name, Runnable work) {
        super(work, process.name() + "/" + name);
        this.schedule = schedule;
        this.process = process;
        setDaemon(true);
    }

    static SimulatedThread current() {
        return (SimulatedThread) Thread.currentThread();
    }

    @Override
    public void start() {
        process.requireAlive();
        process.add(this);
        schedule.begin(this);
        super.start();
    }

    @Override
    public void run() {
        waitForBaton();
        try {
            requireAlive();
            super.run();
        } catch (SimulatedCrash gone) {
            // the process was killed: nothing more happens here
            schedule.note(getName(), "is gone");
        } catch (RuntimeException | Error fault) {
            process.failed(fault);
        } finally {
            over = true;
            process.remove(this);
            schedule.leave();
        }
    }

    SimulatedProcess process() {
        return process;
    }

    /** @throws SimulatedCrash if the process was killed */
    void requireAlive() {
        process.requireAlive();
    }

    void waits(Signal.Wait wait) {
        waiting = Optional.of(wait);
    }

    Optional<Signal.Wait> waiting() {
        return waiting;
    }

    /** Called by whoever has it. */
    void takeBaton() {
        holdsBaton = true;
        LockSupport.unpark(this);
    }

    /** Returns at once if the thread is over. */
    void waitForBaton() {
        if (over) {
            return;
        }
        while (!holdsBaton) {
            LockSupport.park(this);
            // an interrupted thread would not park; who is interrupted here has been killed and ends at its turn
            Thread.interrupted();
        }
        holdsBaton = false;
    }
}
