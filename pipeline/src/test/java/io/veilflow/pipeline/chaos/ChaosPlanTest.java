package io.veilflow.pipeline.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChaosPlanTest {
    private static final ChaosPlan.Roles ROLES =
            new ChaosPlan.Roles(List.of("party-0", "party-1", "party-2"), List.of("bank-a", "bank-b"), "feeder");

    @Test
    void aPlanHasExactlySoManyKillsAndWindowsForAllThatItDoes() {
        for (int kills = 1; kills <= 100; kills++) {
            ChaosPlan plan = plan(kills, kills);
            assertEquals(kills, plan.blows().stream().mapToInt(Blow::kills).sum());
            assertTrue(plan.windows() > plan.blows().size() + kills, plan::toString);
        }
    }

    @Test
    void aHundredKillsHitEverybodyInEveryWay() {
        ChaosPlan plan = plan(1, 100);
        Set<Blow.Kind> kinds = EnumSet.noneOf(Blow.Kind.class);
        Set<String> hit = new HashSet<>();
        Set<Integer> atOnce = new HashSet<>();
        for (Blow blow : plan.blows()) {
            kinds.add(blow.kind());
            hit.addAll(blow.targets());
            atOnce.add(blow.targets().size());
        }
        assertEquals(EnumSet.allOf(Blow.Kind.class), kinds);
        assertEquals(Set.of("party-0", "party-1", "party-2", "bank-a", "bank-b", "feeder", ChaosPlan.CHAIN), hit);
        assertEquals(Set.of(1, 2, 3), atOnce);
    }

    @Test
    void aSeedAlwaysGivesTheSamePlan() {
        assertEquals(plan(7, 20), plan(7, 20));
        assertNotEquals(plan(7, 20), plan(8, 20));
    }

    private static ChaosPlan plan(long seed, int kills) {
        return ChaosPlan.of(new Random(seed), kills, ROLES, 60);
    }
}
