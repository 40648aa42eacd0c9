package io.veilflow.zk.rule;

import java.util.OptionalInt;

/**
 * A node whose values are published: one, or one per slot or owner, in their order.
 *
 * @param mask the secret_input node that has been added and that the owner of a slot takes off again; empty: the values
 *     are published as they are
 */
public record Output(String name, int node, OptionalInt mask) {
    /** A value that everybody may read. */
    public static Output plain(String name, int node) {
        return new Output(name, node, OptionalInt.empty());
    }
}
