package io.veilflow.mpc.fair;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.veilflow.datasets.vectors.VectorFile;
import io.veilflow.mpc.party.PartyId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The rule against the specification: its courses of events, and its exhaustive search over one cheater's choices. */
class FairDecisionVectorTest {
    private static final VectorFile VECTORS = VectorFile.spec("fair_open");
    private static final Integer[] ANY_TIME = {null, 0, 1, 2, 3};
    private static final Integer[] ECHO_TIMES = {null, 2, 3};
    private static final Integer[] SELF_SIGNED = {null, 2};

    @Test
    void everyListedCourseEndsAsListed() {
        JsonNode courses = VECTORS.caseNamed("decisions of honest P0, P1 against cheater P2")
                .get("cases");
        assertEquals(250, courses.size());
        for (JsonNode listed : courses) {
            FairCourse course = FairCourse.read(listed);
            boolean expected = listed.get(4).asBoolean();
            assertEquals(List.of(expected, expected), course.decisions(), listed.toString());
        }
    }

    @Test
    @DisplayName("C22: whatever the cheater sends, keeps or delays, the two honest parties decide alike (exhaustive)")
    void noChoiceOfTheCheaterSplitsTheHonestTwo() {
        JsonNode search = VECTORS.caseNamed("exhaustive search");
        int courses = 0;
        int goes = 0;
        for (FairCourse course : all()) {
            List<Boolean> decisions = course.decisions();
            assertEquals(decisions.get(0), decisions.get(1), course.toString());
            courses++;
            goes += decisions.get(0) ? 1 : 0;
        }
        assertEquals(search.get("cases").asInt(), courses);
        assertEquals(0, search.get("splits").asInt());
        assertTrue(goes > 0 && goes < courses, goes + " of " + courses + " go on");
    }

    @Test
    void withoutTheRuleThatReadyMustArriveInTimeTheSearchFindsSplits() {
        boolean split = false;
        for (FairCourse course : all()) {
            List<Boolean> decisions = course.sendingLateToo().decisions();
            split |= !decisions.get(0).equals(decisions.get(1));
        }
        assertTrue(split, "a READY that may arrive late must split");
    }

    @Test
    void aPartyThatIsNotReadyNeverGoesOn() {
        FairDecision decision = new FairDecision(PartyId.P0, false, new FairTimes(1, 2));
        for (PartyId party : PartyId.values()) {
            decision.onReady(party, 0);
            decision.onEcho(party, party.next(), 0);
        }
        assertFalse(decision.go());
    }

    private static List<FairCourse> all() {
        List<FairCourse> out = new ArrayList<>();
        for (int bits = 0; bits < 1 << 8; bits++) {
            boolean[] ready = {(bits & 1) != 0, (bits & 2) != 0};
            int[] slot = {bits >> 2 & 1, bits >> 3 & 1};
            int[] delay = {bits >> 4 & 1, bits >> 5 & 1, bits >> 6 & 1, bits >> 7 & 1};
            for (FairCourse.Cheat first : cheats()) {
                for (FairCourse.Cheat second : cheats()) {
                    out.add(new FairCourse(ready, slot, delay, List.of(first, second), true));
                }
            }
        }
        return out;
    }

    private static List<FairCourse.Cheat> cheats() {
        List<FairCourse.Cheat> out = new ArrayList<>();
        for (Integer own : ANY_TIME) {
            for (Integer echo : ECHO_TIMES) {
                for (Integer self : SELF_SIGNED) {
                    out.add(new FairCourse.Cheat(own, echo, self));
                }
            }
        }
        return out;
    }
}
