package io.veilflow.pipeline.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.party.PartyId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Walks through every state that three parties can be in about one new generation: after each round each of them may have acted or
 * have crashed before it could, and in the second walk one of the three says whatever it likes.
 */
class SettlementTest {
    private static final PublicGroupKey OLD =
            DealtShares.ofResults(1, PartyId.P0).key();
    private static final PublicGroupKey NEW =
            DealtShares.ofResults(2, PartyId.P0).key();
    private static final List<byte[]> CERTIFICATE = SampleStores.CERTIFICATE;
    private static final byte[] WORD = CERTIFICATE.get(0);

    /** What a party has of the new generation. */
    private enum Has {
        NOTHING,
        CONFIRMED,
        GIVEN_UP,
        IN_USE
    }

    /** @param words who has ever given its word for the new generation */
    private record State(List<Has> has, Set<Integer> words) {}

    @Test
    @DisplayName("G9: wherever the three crash, all of them end in the same generation once they meet without crashing")
    void honestPartiesMeet() {
        Set<State> reached = walk(Optional.empty());
        assertTrue(reached.size() > 20, "states: " + reached.size());
        for (State state : reached) {
            State end = state;
            for (int round = 0; round < 4; round++) {
                end = acted(end, standings(end), List.of(true, true, true), 3);
            }
            assertEquals(1, Set.copyOf(end.has()).size(), state + " ends as " + end);
            assertTrue(Set.of(Has.NOTHING, Has.IN_USE).contains(end.has().get(0)), state + " ends as " + end);
        }
    }

    @Test
    @DisplayName("G9: whatever one party says and wherever the others crash, never does one use what the other dropped")
    void aCheaterDoesNotPartHonestParties() {
        for (int cheater = 0; cheater < 3; cheater++) {
            int one = (cheater + 1) % 3;
            int other = (cheater + 2) % 3;
            for (State state : walk(Optional.of(cheater))) {
                Set<Has> honest = EnumSet.of(state.has().get(one), state.has().get(other));
                assertFalse(honest.equals(EnumSet.of(Has.NOTHING, Has.IN_USE)), "cheater " + cheater + ", " + state);
            }
        }
    }

    @Test
    @DisplayName("G9: a generation that one party never stored is given up before it is dropped")
    void givingUpComesFirst() {
        List<Standing> standings = List.of(standing(Has.CONFIRMED), standing(Has.NOTHING), standing(Has.CONFIRMED));
        assertEquals(Settlement.Plain.GIVE_UP, Settlement.step(PartyId.P0, standings));
        assertEquals(Settlement.Plain.WAIT, Settlement.step(PartyId.P1, standings));
        List<Standing> given = List.of(standing(Has.GIVEN_UP), standing(Has.NOTHING), standing(Has.CONFIRMED));
        assertEquals(Settlement.Plain.WAIT, Settlement.step(PartyId.P0, given));
        List<Standing> both = List.of(standing(Has.GIVEN_UP), standing(Has.NOTHING), standing(Has.GIVEN_UP));
        assertEquals(Settlement.Plain.DROP, Settlement.step(PartyId.P0, both));
        assertEquals(Settlement.Plain.DROP, Settlement.step(PartyId.P2, both));
    }

    @Test
    @DisplayName("G9: three words, or a certificate, put the new generation in the place of the old")
    void confirmedByAll() {
        List<Standing> all = List.of(standing(Has.CONFIRMED), standing(Has.CONFIRMED), standing(Has.CONFIRMED));
        List<Standing> certified = List.of(standing(Has.CONFIRMED), standing(Has.IN_USE), standing(Has.NOTHING));
        assertEquals(
                3,
                ((Settlement.Commit) Settlement.step(PartyId.P1, all))
                        .certificate()
                        .size());
        assertEquals(CERTIFICATE, ((Settlement.Commit) Settlement.step(PartyId.P0, certified)).certificate());
    }

    /** Every state that can be reached; the links may break before anybody acts, so each may act or not. */
    private static Set<State> walk(Optional<Integer> cheater) {
        Set<State> reached = new HashSet<>();
        Deque<State> open = new ArrayDeque<>();
        for (List<Has> start : starts()) {
            open.add(new State(start, Set.of()));
        }
        while (!open.isEmpty()) {
            State state = open.remove();
            if (!reached.add(state)) {
                continue;
            }
            State heard = heard(state);
            for (List<Standing> standings : cheater.map(who -> lies(heard, who)).orElse(List.of(standings(heard)))) {
                for (int mask = 0; mask < 8; mask++) {
                    List<Boolean> acting = List.of((mask & 1) != 0, (mask & 2) != 0, (mask & 4) != 0);
                    open.add(acted(heard, standings, acting, cheater.orElse(3)));
                }
            }
        }
        return reached;
    }

    /** After the share protocol each has stored its share, or crashed before it could. */
    private static List<List<Has>> starts() {
        List<List<Has>> starts = new ArrayList<>();
        for (int mask = 0; mask < 8; mask++) {
            List<Has> start = new ArrayList<>();
            for (int party = 0; party < 3; party++) {
                start.add((mask >> party & 1) == 0 ? Has.NOTHING : Has.CONFIRMED);
            }
            starts.add(start);
        }
        return starts;
    }

    /** A party that says that it confirms has given its word away for ever. */
    private static State heard(State state) {
        Set<Integer> words = new HashSet<>(state.words());
        for (int party = 0; party < 3; party++) {
            if (state.has().get(party) == Has.CONFIRMED || state.has().get(party) == Has.IN_USE) {
                words.add(party);
            }
        }
        return new State(state.has(), words);
    }

    private static State acted(State state, List<Standing> standings, List<Boolean> acting, int cheater) {
        List<Has> after = new ArrayList<>(state.has());
        for (int party = 0; party < 3; party++) {
            if (acting.get(party) && party != cheater) {
                Settlement.Step step = Settlement.step(PartyId.of(party), standings);
                if (step instanceof Settlement.Commit) {
                    after.set(party, Has.IN_USE);
                } else if (step == Settlement.Plain.GIVE_UP) {
                    after.set(party, Has.GIVEN_UP);
                } else if (step == Settlement.Plain.DROP) {
                    after.set(party, Has.NOTHING);
                }
            }
        }
        return new State(after, state.words());
    }

    private static List<Standing> standings(State state) {
        return state.has().stream().map(SettlementTest::standing).toList();
    }

    /** The cheater says anything; a certificate it can only show if both others have given their word. */
    private static List<List<Standing>> lies(State state, int cheater) {
        List<List<Standing>> said = new ArrayList<>();
        for (Has lie : Has.values()) {
            boolean possible = lie != Has.IN_USE
                    || state.words().contains((cheater + 1) % 3)
                            && state.words().contains((cheater + 2) % 3);
            if (possible) {
                List<Standing> standings = new ArrayList<>(standings(state));
                standings.set(cheater, standing(lie));
                said.add(standings);
            }
        }
        return said;
    }

    private static Standing standing(Has has) {
        boolean aside = has == Has.CONFIRMED || has == Has.GIVEN_UP;
        return new Standing(
                CeremonyTask.refresh(),
                Optional.of(has == Has.IN_USE ? NEW : OLD),
                CERTIFICATE,
                aside ? Optional.of(NEW) : Optional.empty(),
                has == Has.CONFIRMED ? Optional.of(WORD) : Optional.empty());
    }

    @Test
    void everyStandingHasOneLengthAndComesBack() {
        for (Has has : Has.values()) {
            assertEquals(Standing.BYTES, standing(has).encoded().length);
        }
        assertFalse(Arrays.equals(
                standing(Has.CONFIRMED).encoded(), standing(Has.GIVEN_UP).encoded()));
    }
}
