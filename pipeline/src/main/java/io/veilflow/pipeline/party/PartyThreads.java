package io.veilflow.pipeline.party;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;

/** The threads of a party core, injected: whoever makes them decides when they run. */
public interface PartyThreads {
    /** A thread that has not been started. It ends when it is interrupted. */
    Thread thread(String name, Runnable work);

    /** Threads that take work as it comes; {@link PartyClock} is not theirs to wait on. */
    ExecutorService workers(String name, int threads);

    /** One thread that does its work at its time. */
    ScheduledExecutorService timer(String name);

    /** The computer's own, none of which keeps the process alive. */
    static PartyThreads system() {
        return new PartyThreads() {
            @Override
            public Thread thread(String name, Runnable work) {
                Thread thread = new Thread(work, name);
                thread.setDaemon(true);
                return thread;
            }

            @Override
            public ExecutorService workers(String name, int threads) {
                return Executors.newFixedThreadPool(threads, named(name));
            }

            @Override
            public ScheduledExecutorService timer(String name) {
                return Executors.newSingleThreadScheduledExecutor(named(name));
            }

            private ThreadFactory named(String name) {
                return work -> thread(name, work);
            }
        };
    }
}
