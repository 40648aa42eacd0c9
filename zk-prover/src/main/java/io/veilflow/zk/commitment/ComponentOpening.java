package io.veilflow.zk.commitment;

import io.veilflow.zk.field.ScalarField;

/**
 * What a holder of one component knows about its commitment: the component modulo r and its blinding. Secret; the arrays
 * stay the caller's, who wipes them.
 *
 * @param commitment C_j as the contributor published it
 * @param firstWire the contributor's first book wire
 * @param scalars the component of its wires in book order, modulo r, 32 bytes each
 */
public record ComponentOpening(G1Point commitment, int firstWire, byte[] scalars, Blinding blinding) {
    public ComponentOpening {
        ScalarField.requireCanonical(scalars);
        if (scalars.length == 0) {
            throw new IllegalArgumentException("a component has at least one wire");
        }
    }

    int wires() {
        return scalars.length / ScalarField.BYTES;
    }

    @Override
    public String toString() {
        return "ComponentOpening[" + commitment + ", wires " + firstWire + " to " + (firstWire + wires() - 1) + "]";
    }
}
