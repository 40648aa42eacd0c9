package io.veilflow.mpc.fair;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Time that passes only while every party waits, and then at once up to the next thing that can happen. */
final class VirtualTime {
    static final long NEVER = Long.MAX_VALUE;

    private final Map<Thread, Long> waiting = new HashMap<>();
    private long now = 10_000_000;
    private long generation;
    private int live;

    VirtualTime(int parties) {
        this.live = parties;
    }

    synchronized long now() {
        return now;
    }

    /** Something was sent or lost: whoever waits looks again. */
    synchronized void changed() {
        wakeAll();
    }

    /** A party has ended and waits no more. */
    synchronized void leave() {
        live--;
        wakeAll();
    }

    /**
     * Waits for something.
     *
     * @param at when it happens by what is known now, or NEVER
     * @return false if it has not happened at {@code until}
     */
    synchronized boolean await(LongSupplier at, long until) throws InterruptedException {
        while (true) {
            long event = at.getAsLong();
            if (event <= now) {
                return true;
            }
            if (now >= until) {
                return false;
            }
            waiting.put(Thread.currentThread(), Math.min(event, until));
            if (waiting.size() == live) {
                now = waiting.values().stream().mapToLong(Long::longValue).min().orElseThrow();
                wakeAll();
            } else {
                long seen = generation;
                while (seen == generation) {
                    wait();
                }
            }
        }
    }

    private void wakeAll() {
        waiting.clear();
        generation++;
        notifyAll();
    }
}
