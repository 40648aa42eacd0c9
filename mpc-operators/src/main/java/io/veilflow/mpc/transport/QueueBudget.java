package io.veilflow.mpc.transport;

/** How much may wait in all queues that share this budget. Thread-safe. */
final class QueueBudget {
    private int frames;
    private long bytes;

    QueueBudget(LinkLimits limits) {
        this.frames = limits.queuedFrames();
        this.bytes = limits.queuedBytes();
    }

    synchronized boolean take(int payloadBytes) {
        if (frames < 1 || bytes < payloadBytes) {
            return false;
        }
        frames--;
        bytes -= payloadBytes;
        return true;
    }

    synchronized void giveBack(int payloadBytes) {
        frames++;
        bytes += payloadBytes;
    }
}
