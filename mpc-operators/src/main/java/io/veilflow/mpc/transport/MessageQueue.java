package io.veilflow.mpc.transport;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Messages of one direction in order, bounded by a budget. When it fails, what waits is dropped and every call fails. */
final class MessageQueue {
    /** @param contextHash zero for control messages */
    record Message(byte[] contextHash, int label, byte[] payload) {}

    private final QueueBudget budget;
    private final ArrayDeque<Message> messages = new ArrayDeque<>();
    private LinkFailure failure;
    private boolean underWay;

    MessageQueue(QueueBudget budget) {
        this.budget = budget;
    }

    /** False if the budget is used up. */
    synchronized boolean offer(Message message) throws LinkException {
        requireAlive();
        if (!budget.take(message.payload.length)) {
            return false;
        }
        messages.add(message);
        notifyAll();
        return true;
    }

    /** The next message; empty if none came within the time. Whoever takes has finished with the message before. */
    synchronized Optional<Message> take(long time, TimeUnit unit) throws LinkException, InterruptedException {
        underWay = false;
        notifyAll();
        long end = System.nanoTime() + unit.toNanos(time);
        while (messages.isEmpty()) {
            requireAlive();
            long left = end - System.nanoTime();
            if (left <= 0) {
                return Optional.empty();
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        requireAlive();
        Message message = messages.poll();
        budget.giveBack(message.payload.length);
        underWay = true;
        return Optional.of(message);
    }

    synchronized boolean isEmpty() {
        return messages.isEmpty();
    }

    /** Whether all was taken and finished with. */
    synchronized boolean isFinished() throws LinkException {
        requireAlive();
        return messages.isEmpty() && !underWay;
    }

    /** Waits until all was taken and finished with, at most for the time. */
    synchronized void awaitFinished(long time, TimeUnit unit) throws InterruptedException {
        long end = System.nanoTime() + unit.toNanos(time);
        while (failure == null && (underWay || !messages.isEmpty())) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    synchronized void fail(LinkFailure cause) {
        if (failure == null) {
            failure = cause;
            for (Message message : messages) {
                budget.giveBack(message.payload.length);
            }
            messages.clear();
            notifyAll();
        }
    }

    private void requireAlive() throws LinkException {
        if (failure != null) {
            throw failure.exception();
        }
    }
}
