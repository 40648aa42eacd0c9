package io.veilflow.pipeline.prove;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.veilflow.mpc.testing.ThreePartyWorld;
import io.veilflow.zk.field.ScalarField;
import io.veilflow.zk.joint.FieldShares;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Where the blindings of a proof come from. */
class SessionProvingEngineProtocolTest {
    private static List<FieldShares> drawn(ThreePartyWorld world, String label) {
        return world.run(session -> new SessionProvingEngine(session).random(label, 1));
    }

    private static Set<BigInteger> components(List<FieldShares> shares) {
        Set<BigInteger> components = new HashSet<>();
        shares.forEach(share -> components.add(new BigInteger(1, share.own())));
        return components;
    }

    @Test
    @DisplayName(
            "E8: r and s have a component from each pair of parties, nobody holds all three, and no message opens them")
    void blindingsComeFromEveryPairAndAreNeverSent() {
        ThreePartyWorld world = ThreePartyWorld.seeded(8);
        List<FieldShares> r = drawn(world, "blinding/r");
        for (int party = 0; party < 3; party++) {
            assertEquals(ScalarField.BYTES, r.get(party).own().length);
            assertArrayEquals(r.get((party + 1) % 3).own(), r.get(party).next());
        }
        assertEquals(3, components(r).size(), "three components, two of them at each party");
        assertEquals(
                List.of(),
                world.messages().stream()
                        .filter(message -> message.shape().contains("blinding"))
                        .toList());
    }

    @Test
    @DisplayName("E8: r is not s, another session has others, and a label serves once in a session")
    void blindingsAreFreshEveryTime() {
        Set<BigInteger> seen = new HashSet<>();
        seen.addAll(components(drawn(ThreePartyWorld.seeded(8), "blinding/r")));
        seen.addAll(components(drawn(ThreePartyWorld.seeded(8), "blinding/s")));
        seen.addAll(components(drawn(ThreePartyWorld.seeded(9), "blinding/r")));
        assertEquals(9, seen.size());
        assertThrows(AssertionError.class, () -> ThreePartyWorld.seeded(8).run(session -> {
            SessionProvingEngine engine = new SessionProvingEngine(session);
            engine.random("blinding/r", 1);
            return engine.random("blinding/r", 1);
        }));
    }
}
