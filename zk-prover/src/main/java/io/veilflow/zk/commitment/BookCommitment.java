package io.veilflow.zk.commitment;

import java.util.List;

/**
 * A contributor's commitment to its book: one point per integer component.
 *
 * @param components C_0, C_1, C_2
 */
public record BookCommitment(List<G1Point> components) {
    public static final int COMPONENTS = 3;

    public BookCommitment {
        components = List.copyOf(components);
        if (components.size() != COMPONENTS) {
            throw new IllegalArgumentException(components.size() + " components, not " + COMPONENTS);
        }
    }

    public G1Point component(int component) {
        return components.get(component);
    }

    /** C = C_0 + C_1 + C_2, the commitment to the book itself. */
    public G1Point sum() {
        return G1Point.sum(components);
    }

    /** D of a window: the sum of the commitments of all its books. */
    public static G1Point sumOf(List<BookCommitment> books) {
        return G1Point.sum(
                books.stream().flatMap(book -> book.components().stream()).toList());
    }
}
