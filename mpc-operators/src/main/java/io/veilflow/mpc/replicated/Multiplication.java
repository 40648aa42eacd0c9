package io.veilflow.mpc.replicated;

import io.veilflow.mpc.session.Operation;

/**
 * Products over a field, element by element (PROTOCOLS 4.4): inner products of length one. One round, one element per product.
 * Security model and verification as {@link DotProduct}.
 */
public final class Multiplication {
    /** Label of its messages. */
    public static final String LABEL = "mul";

    private final DotProduct products;

    public Multiplication(Operation operation) {
        this.products = new DotProduct(operation);
    }

    /** Vectors of the same length. */
    public ElementShares multiply(ElementShares x, ElementShares y) {
        return products.dots(x, y, x.count(), LABEL);
    }
}
