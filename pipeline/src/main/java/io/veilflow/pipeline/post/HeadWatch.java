package io.veilflow.pipeline.post;

import io.veilflow.pipeline.post.SettlementException.Reason;

/**
 * The newest block of a node that may answer from several machines, one of them behind: a head below one that has been seen before is
 * not believed until the node insists on it. Thread-safe.
 */
final class HeadWatch {
    private static final int LOOKS = 8;

    private final EthereumNode node;
    private long highest;
    private int looksBehind;

    HeadWatch(EthereumNode node) {
        this.node = node;
    }

    /** @throws SettlementException UNREACHABLE */
    synchronized long head() {
        long head = node.head();
        if (head < highest && ++looksBehind < LOOKS) {
            throw new SettlementException(
                    Reason.UNREACHABLE, node + " shows block " + head + " as its newest, and had block " + highest);
        }
        looksBehind = 0;
        highest = head;
        return head;
    }

    /** This block has been seen. */
    synchronized void expect(long block) {
        highest = Math.max(highest, block);
    }
}
