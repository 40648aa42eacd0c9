package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.post.PostStatus.State;
import io.veilflow.pipeline.post.RegistryPlace.Standing;

/**
 * What one node knows about a post. It is settled if the registry held it {@code depth} blocks ago, and the node shows the
 * transaction and the block, which fit: several looks that a node has to answer alike. What the receipt of our own transaction says
 * does not count.
 */
final class Confirmations {
    private final EthereumNode node;
    private final ByteString registry;
    private final long depth;
    private final EventReceipts receipts;
    private final HeadWatch heads;

    /** @param depth blocks that must lie on the one with the record; 0: none */
    Confirmations(EthereumNode node, ByteString registry, long depth) {
        this.node = node;
        this.registry = registry;
        this.depth = depth;
        this.receipts = new EventReceipts(node, registry);
        this.heads = new HeadWatch(node);
    }

    /** @throws SettlementException UNREACHABLE or WRONG_CHAIN */
    PostStatus status(Post post) {
        node.requireChain();
        long head = heads.head();
        RegistryPlace place = place(post, head);
        return switch (place.standing()) {
            case NOTHING -> PostStatus.of(State.OPEN);
            case UNPROVEN -> PostStatus.of(State.IMPROVABLE);
            case THIS -> wasSo(post, place, head) ? settled(place, head) : PostStatus.of(State.SHALLOW);
            case ANOTHER -> PostStatus.of(wasSo(post, place, head) ? State.DISPLACED : State.CONTESTED);
        };
    }

    /** Whether the node says that the post has to be sent. */
    boolean lacks(Post post) {
        node.requireChain();
        Standing now = place(post, heads.head()).standing();
        return now == Standing.NOTHING || now == Standing.UNPROVEN;
    }

    /** A block of this number has been seen at the node. */
    void expect(long block) {
        heads.expect(block);
    }

    private boolean wasSo(Post post, RegistryPlace now, long head) {
        return depth == 0 || (head >= depth && place(post, head - depth).standing() == now.standing());
    }

    private PostStatus settled(RegistryPlace place, long head) {
        return place.trace()
                .flatMap(trace -> receipts.find(trace, head - depth))
                .map(PostStatus::settled)
                .orElse(PostStatus.of(State.SHALLOW));
    }

    private RegistryPlace place(Post post, long block) {
        return RegistrySnapshot.at(node, registry, block).place(post);
    }
}
