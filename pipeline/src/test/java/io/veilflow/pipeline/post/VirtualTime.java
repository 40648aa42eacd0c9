package io.veilflow.pipeline.post;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock that stands still until the test lets time pass, and work that is due then. */
final class VirtualTime extends Clock implements PostTimer {
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparing(Task::due).thenComparing(Task::number));
    private Instant now = Instant.EPOCH;
    private int scheduled;

    private record Task(Instant due, int number, Runnable work) {}

    @Override
    public void schedule(Runnable work, Duration delay) {
        tasks.add(new Task(now.plus(delay), scheduled++, work));
    }

    /** Lets time pass and does all that is due. */
    void run(Duration duration) {
        Instant end = now.plus(duration);
        while (!tasks.isEmpty() && !tasks.peek().due().isAfter(end)) {
            Task task = tasks.remove();
            now = task.due();
            task.work().run();
        }
        now = end;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
