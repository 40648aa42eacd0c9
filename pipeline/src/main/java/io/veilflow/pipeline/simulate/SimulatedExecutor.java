package io.veilflow.pipeline.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Work for the threads of a simulated process, each piece at its virtual time or as soon as a thread is free. */
final class SimulatedExecutor extends AbstractExecutorService implements ScheduledExecutorService {
    /** Work that repeats itself to look for something new may come later than asked. */
    private static final double LATE_MILLIS = 300;

    private final Schedule schedule;
    private final SimulatedProcess process;
    private final PriorityQueue<Task<?>> tasks = new PriorityQueue<>();
    private final Signal changed;
    private long count;
    private boolean ended;

    SimulatedExecutor(Schedule schedule, SimulatedProcess process) {
        this.schedule = schedule;
        this.process = process;
        this.changed = new Signal(schedule);
    }

    /** What a thread of the pool does. */
    void serve() {
        while (!ended) {
            process.requireAlive();
            long due = tasks.isEmpty() ? Long.MAX_VALUE : tasks.peek().time;
            if (due <= schedule.now()) {
                tasks.remove().run();
            } else {
                schedule.await(changed, 0, Math.min(due - schedule.now(), TimeUnit.HOURS.toNanos(1)));
            }
        }
    }

    @Override
    public void execute(Runnable work) {
        add(work instanceof Task<?> task ? task : new Task<>(work, null, 0));
    }

    @Override
    protected <T> RunnableFuture<T> newTaskFor(Callable<T> work) {
        return new Task<>(work, 0);
    }

    @Override
    protected <T> RunnableFuture<T> newTaskFor(Runnable work, T value) {
        return new Task<>(work, value, 0);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
        return add(new Task<Void>(work, null, unit.toNanos(delay)));
    }

    @Override
    public <T> ScheduledFuture<T> schedule(Callable<T> work, long delay, TimeUnit unit) {
        return add(new Task<>(work, unit.toNanos(delay)));
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable work, long first, long period, TimeUnit unit) {
        return scheduleWithFixedDelay(work, first, period, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable work, long first, long delay, TimeUnit unit) {
        return schedule(() -> again(work, delay, unit), first, unit);
    }

    /** An exception ends it, as everywhere. */
    private void again(Runnable work, long delay, TimeUnit unit) {
        work.run();
        long late = schedule.between(0, LATE_MILLIS);
        schedule(() -> again(work, delay, unit), unit.toNanos(delay) + late, TimeUnit.NANOSECONDS);
    }

    @Override
    public void shutdown() {
        ended = true;
        changed.call();
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
        List<Runnable> left = new ArrayList<>(tasks);
        tasks.clear();
        return left;
    }

    @Override
    public boolean isShutdown() {
        return ended;
    }

    @Override
    public boolean isTerminated() {
        return ended;
    }

    /** Its threads stand still whenever somebody else runs. */
    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return ended;
    }

    private <T> Task<T> add(Task<T> task) {
        process.requireAlive();
        if (!ended) {
            tasks.add(task);
            changed.call();
        }
        return task;
    }

    private final class Task<T> extends FutureTask<T> implements ScheduledFuture<T>, RunnableFuture<T> {
        private final long time;
        private final long number;
        private final Signal done = new Signal(schedule);

        Task(Callable<T> work, long delayNanos) {
            super(work);
            this.time = schedule.now() + delayNanos;
            this.number = count++;
        }

        Task(Runnable work, T value, long delayNanos) {
            super(work, value);
            this.time = schedule.now() + delayNanos;
            this.number = count++;
        }

        @Override
        protected void done() {
            done.call();
        }

        /** Hands the baton on until it is done. */
        @Override
        public T get() throws InterruptedException, ExecutionException {
            while (!isDone()) {
                schedule.await(done, 0, TimeUnit.HOURS.toNanos(1));
            }
            return super.get();
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(time - schedule.now(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            Task<?> that = (Task<?>) other;
            int byTime = Long.compare(time, that.time);
            return byTime != 0 ? byTime : Long.compare(number, that.number);
        }
    }
}
