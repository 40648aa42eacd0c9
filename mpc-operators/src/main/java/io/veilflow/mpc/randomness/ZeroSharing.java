package io.veilflow.mpc.randomness;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Operation;

/**
 * Additive sharings of zero without a message: P_i gets F_i - F_{i+1}, the three sum to zero, and the two values that a
 * party cannot compute keep its own secret (PROTOCOLS 4.0). One index of each stream per element.
 */
public final class ZeroSharing {
    private final Operation operation;

    public ZeroSharing(Operation operation) {
        this.operation = operation;
    }

    /** F_i - F_{i+1} over a field, flat. */
    public long[] elements(PrimeField field, String purpose, int count) {
        PartyId self = operation.self();
        long[] out = new long[count * field.words()];
        long[] other = new long[count * field.words()];
        operation.stream(self.index(), purpose).elements(field, out, 0, count);
        operation.stream(self.next().index(), purpose).elements(field, other, 0, count);
        return field.subtract(out, other);
    }

    /** F_i ^ F_{i+1} over Boolean words. */
    public long[] words(String purpose, int count) {
        PartyId self = operation.self();
        long[] out = new long[count];
        long[] other = new long[count];
        operation.stream(self.index(), purpose).words(out, 0, count);
        operation.stream(self.next().index(), purpose).words(other, 0, count);
        for (int k = 0; k < count; k++) {
            out[k] ^= other[k];
        }
        return out;
    }
}
