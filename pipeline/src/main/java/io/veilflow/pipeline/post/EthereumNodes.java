package io.veilflow.pipeline.post;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The nodes through which one party sees a chain, at least one. Work goes through one of them until it fails there. */
final class EthereumNodes implements AutoCloseable {
    private final List<EthereumNode> nodes;
    private volatile int current;

    private EthereumNodes(List<EthereumNode> nodes) {
        this.nodes = List.copyOf(nodes);
    }

    /**
     * Nothing is asked yet: a node that is away now may be back when it is needed.
     *
     * @param urls at least one
     * @param answerTimeout of each question
     */
    static EthereumNodes of(List<URI> urls, long chainId, Duration answerTimeout) {
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("no node");
        }
        List<EthereumNode> nodes = new ArrayList<>();
        urls.forEach(url -> nodes.add(EthereumNode.of(url, chainId, answerTimeout)));
        return new EthereumNodes(nodes);
    }

    static EthereumNodes of(EthereumNode node) {
        return new EthereumNodes(List.of(node));
    }

    EthereumNode current() {
        return nodes.get(current);
    }

    int currentIndex() {
        return current;
    }

    /** From now on the next one works. */
    void turn() {
        current = (current + 1) % nodes.size();
    }

    List<EthereumNode> all() {
        return nodes;
    }

    @Override
    public void close() {
        nodes.forEach(EthereumNode::close);
    }
}
