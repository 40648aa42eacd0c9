package io.veilflow.pipeline.submission;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.IntegerSharing;

/**
 * Sizes and lengths of what a submission carries (docs/wire.md, section 7). The plaintext for party i is
 * {@code fields(blob_i, blob_(i+1))}; components 0 and 1 travel as their seed, component 2 in full; each with its blinding.
 */
public final class ComponentLayout {
    public static final int COMPONENTS = 3;
    public static final int COMMITMENT_BYTES = 64;
    public static final int RECORD_ID_BYTES = 16;
    public static final int SEED_BYTES = 16;
    public static final int BLINDING_BYTES = 32;

    private static final int LENGTH_BYTES = 4;

    private ComponentLayout() {}

    /** Whether a component travels as its seed. */
    public static boolean seeded(int component) {
        return component < 2;
    }

    /** @param wires numbers of the book */
    public static int blobBytes(int component, int wires) {
        return (seeded(component) ? SEED_BYTES : Math.multiplyExact(wires, IntegerSharing.LAST_BYTES)) + BLINDING_BYTES;
    }

    /** @param wires numbers of the book */
    public static int plaintextBytes(PartyId party, int wires) {
        return 2 * LENGTH_BYTES
                + blobBytes(party.index(), wires)
                + blobBytes(party.next().index(), wires);
    }
}
