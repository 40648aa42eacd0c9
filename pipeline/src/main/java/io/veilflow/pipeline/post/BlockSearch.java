package io.veilflow.pipeline.post;

import java.util.HashMap;
import java.util.Map;

/**
 * Finds blocks by their time, so that logs are asked for in a few blocks only: nodes refuse long ranges. Begins at the newest
 * block, where what is looked for mostly is.
 */
final class BlockSearch {
    private final EthereumNode node;
    private final long head;
    private final Map<Long, Long> times = new HashMap<>();

    /** @param head the newest block to look at */
    BlockSearch(EthereumNode node, long head) {
        this.node = node;
        this.head = head;
    }

    /**
     * The first block of this time or later; {@code head + 1} if there is none. Block times never fall.
     *
     * @param time seconds since 1970
     */
    long first(long time) {
        if (time(head) < time) {
            return head + 1;
        }
        long high = head;
        long low = head;
        for (long step = 1; low >= 0 && time(low) >= time; step *= 2) {
            high = low;
            low = Math.max(-1, low - step);
        }
        while (high - low > 1) {
            long middle = low + (high - low) / 2;
            if (time(middle) < time) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private long time(long number) {
        return times.computeIfAbsent(number, missing -> node.block(missing).time());
    }
}
