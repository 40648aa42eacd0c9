package io.veilflow.pipeline.simulate;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.PrssKey;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The PRSS keys of one epoch, all three: each party is given those that it holds. */
final class EpochKeyring {
    private final List<PrssKey> keys = new ArrayList<>();

    private EpochKeyring() {}

    static EpochKeyring fresh(SplittableRandom random) {
        EpochKeyring ring = new EpochKeyring();
        for (PartyId party : PartyId.values()) {
            byte[] key = new byte[32];
            random.nextBytes(key);
            ring.keys.add(new PrssKey(key));
        }
        return ring;
    }

    PrssKey of(PartyId self, int component) {
        if (!self.holds(component)) {
            throw new IllegalArgumentException(self + " does not hold PRSS key " + component);
        }
        return keys.get(component);
    }
}
