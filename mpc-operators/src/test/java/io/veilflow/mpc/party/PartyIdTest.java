package io.veilflow.mpc.party;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartyIdTest {
    @ParameterizedTest
    @ValueSource(ints = {-1, 3, 4, 255, Integer.MIN_VALUE, Integer.MAX_VALUE})
    @DisplayName("C13: a party index outside 0..2 is refused, not reduced")
    void noOtherIndexIsAParty(int index) {
        assertThrows(IllegalArgumentException.class, () -> PartyId.of(index));
    }

    @Test
    void eachPartyHoldsItsOwnAndTheNextComponentAndNoOther() {
        for (PartyId party : PartyId.values()) {
            assertEquals(party, PartyId.of(party.index()));
            assertEquals(party, party.next().previous());
            assertTrue(party.holds(party.index()) && party.holds(party.next().index()));
            assertFalse(party.holds(party.previous().index()));
            assertFalse(party.holds(3) || party.holds(-1));
        }
    }
}
