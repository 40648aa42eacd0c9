package io.veilflow.mpc.transport;

import io.veilflow.mpc.session.EpochLog;
import java.util.ArrayList;
import java.util.List;

/** A journal of epochs in memory. */
final class MemoryEpochLog implements EpochLog {
    private final List<Long> epochs = new ArrayList<>();

    MemoryEpochLog(long... earlier) {
        for (long epoch : earlier) {
            epochs.add(epoch);
        }
    }

    @Override
    public synchronized long largestEpoch() {
        return epochs.stream().mapToLong(Long::longValue).max().orElse(0);
    }

    @Override
    public synchronized void record(long epoch) {
        epochs.add(epoch);
    }

    synchronized List<Long> epochs() {
        return List.copyOf(epochs);
    }
}
