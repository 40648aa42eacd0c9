package io.veilflow.pipeline.demo;

import java.nio.file.Path;
import java.util.List;

/** How the test chain of a run lives. */
public enum ChainLife {
    /** A block for every transaction; none is ever taken back. The chain is written to its file when it ends. */
    ON_DEMAND(0),
    /**
     * A block and a copy in its file every second, from which it goes on when its node was killed: the last blocks are forgotten, as
     * after a reorganisation.
     */
    DURABLE(5);

    private final int depth;

    ChainLife(int depth) {
        this.depth = depth;
    }

    /** So many blocks behind a post make it final. */
    int depth() {
        return depth;
    }

    /** @param state where the chain is kept */
    List<String> options(Path state) {
        return switch (this) {
            case ON_DEMAND -> List.of("--dump-state", state.toString());
            case DURABLE -> List.of("--state", state.toString(), "--state-interval", "1", "--block-time", "1");
        };
    }
}
