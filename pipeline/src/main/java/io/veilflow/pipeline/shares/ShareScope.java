package io.veilflow.pipeline.shares;

import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.IntegerShares;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The shares of one step of an attempt: all of them are wiped when the step ends, well or by an abort (PROTOCOLS 11.8). What the
 * step hands on is a copy. Not thread-safe.
 */
public final class ShareScope implements AutoCloseable {
    private final Deque<Runnable> wipes = new ArrayDeque<>();
    private boolean closed;

    public BitShares keep(BitShares shares) {
        keep(shares::wipe);
        return shares;
    }

    public ElementShares keep(ElementShares shares) {
        keep(shares::wipe);
        return shares;
    }

    public IntegerShares keep(IntegerShares shares) {
        keep(shares::wipe);
        return shares;
    }

    /** For what wipes itself in another way. */
    public void keep(Runnable wipe) {
        if (closed) {
            throw new IllegalStateException("the step has ended");
        }
        wipes.push(wipe);
    }

    @Override
    public void close() {
        closed = true;
        while (!wipes.isEmpty()) {
            wipes.pop().run();
        }
    }

    @Override
    public String toString() {
        return "ShareScope[" + wipes.size() + "]";
    }
}
