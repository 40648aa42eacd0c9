package io.veilflow.pipeline.party;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.JournalHeads;
import io.veilflow.mpc.session.JournalRefusedException;
import io.veilflow.pipeline.board.SampleWriters;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.journal.Journal;
import io.veilflow.pipeline.journal.JournalEntry;
import io.veilflow.pipeline.journal.MemoryJournal;
import io.veilflow.pipeline.submission.SampleMarket;
import io.veilflow.pipeline.wire.UnitKind;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PeerHeadsTest {
    private static final PartyId OWNER = PartyId.P1;
    private static final PartyId KEEPER = PartyId.P2;

    private final JobTerms terms = new SampleMarket().terms();
    private final Journal journal = journal(5);
    private final PeerHeads owner = heads(OWNER, journal, 1);
    private final Journal kept = new MemoryJournal();
    private final PeerHeads keeper = heads(KEEPER, kept, 1);

    private PeerHeads heads(PartyId party, Journal of, int generation) {
        return new PeerHeads(party, terms, of, SampleWriters.key("party-" + party.index()), generation);
    }

    private static Journal journal(int attempts) {
        Journal journal = new MemoryJournal();
        journal.append(JournalEntry.epoch(3));
        for (int attempt = 1; attempt <= attempts; attempt++) {
            journal.append(attempt(attempt));
        }
        return journal;
    }

    private static JournalEntry attempt(int number) {
        return new JournalEntry(
                JournalEntry.Type.ATTEMPT, UnitKind.WINDOW, 0, number, ByteString.copyFrom(new byte[32]));
    }

    private static Journal rebuilt(int generation) {
        Journal journal = new MemoryJournal();
        journal.append(new JournalEntry(
                JournalEntry.Type.REBUILT, UnitKind.UNIT_KIND_UNSPECIFIED, 0, generation, ByteString.EMPTY));
        return journal;
    }

    /** The owner comes back with this journal, and nobody minds. */
    private void meet(PeerHeads returned) throws JournalRefusedException {
        byte[] shown = keeper.kept(OWNER);
        returned.requireOwn(KEEPER, shown);
        keeper.requireSame(OWNER, returned.answer(shown));
    }

    /** Both find the same out by themselves. */
    private String refused(PeerHeads returned) {
        byte[] shown = keeper.kept(OWNER);
        JournalRefusedException own =
                assertThrows(JournalRefusedException.class, () -> returned.requireOwn(KEEPER, shown));
        JournalRefusedException named =
                assertThrows(JournalRefusedException.class, () -> keeper.requireSame(OWNER, returned.answer(shown)));
        assertEquals(OWNER, own.owner());
        assertEquals(OWNER, named.owner());
        assertEquals(own.getMessage(), named.getMessage());
        return named.getMessage();
    }

    private void stated() throws JournalRefusedException {
        keeper.keep(OWNER, 3, owner.statement(3));
    }

    @Test
    @DisplayName("D3: whoever has said nothing yet is taken, and so is the journal that goes on from what it said")
    void aJournalThatGoesOn() throws JournalRefusedException {
        meet(owner);
        stated();
        meet(owner);
        journal.append(attempt(6));
        meet(owner);
        meet(heads(OWNER, journal, 1));
        keeper.keep(OWNER, 4, owner.statement(4));
        assertArrayEquals(owner.statement(4), heads(KEEPER, kept, 1).kept(OWNER), "the newest, after a restart too");
    }

    @Test
    @DisplayName("D3, D9: an older copy is refused by the others and by itself")
    void anOlderCopy() throws JournalRefusedException {
        stated();
        assertTrue(refused(heads(OWNER, journal(4), 1)).contains("fewer now"));
        assertTrue(refused(heads(OWNER, new MemoryJournal(), 1)).contains("had 6 entries in epoch 3"));
    }

    @Test
    @DisplayName("D16: of two processes with one identity the one that the others have not heard last is refused")
    void aForkedJournal() throws JournalRefusedException {
        Journal copy = journal(5);
        stated();
        journal.append(JournalEntry.epoch(4));
        keeper.keep(OWNER, 4, owner.statement(4));
        copy.append(attempt(6));
        copy.append(attempt(7));
        assertTrue(refused(heads(OWNER, copy, 1)).contains("a second process"));
        meet(owner);
    }

    @Test
    @DisplayName(
            "D9: a journal that was built again is taken by those who hold shares of its generation, and then the lost one is not")
    void aJournalThatWasBuiltAgain() throws JournalRefusedException {
        stated();
        PeerHeads again = heads(OWNER, rebuilt(2), 2);
        byte[] shown = keeper.kept(OWNER);
        assertDoesNotThrow(() -> again.requireOwn(KEEPER, shown));
        JournalRefusedException early =
                assertThrows(JournalRefusedException.class, () -> keeper.requireSame(OWNER, again.answer(shown)));
        assertTrue(early.getMessage().contains("keys refresh comes first"), early.getMessage());

        PeerHeads refreshed = heads(KEEPER, kept, 2);
        refreshed.requireSame(OWNER, again.answer(shown));
        refreshed.keep(OWNER, 5, again.statement(5));
        assertTrue(refused(owner).contains("this is an older one"));
        meet(again);
    }

    @Test
    @DisplayName("D3: nobody can make a party stand back by a statement that it never signed, or of another epoch")
    void statementsAreSigned() throws JournalRefusedException {
        byte[] statement = owner.statement(3);
        for (int place = 0; place < JournalHeads.STATEMENT_BYTES; place++) {
            byte[] changed = statement.clone();
            changed[place] ^= 1;
            JournalRefusedException refused =
                    assertThrows(JournalRefusedException.class, () -> keeper.keep(OWNER, 3, changed));
            assertEquals(OWNER, refused.owner());
            JournalRefusedException shown =
                    assertThrows(JournalRefusedException.class, () -> owner.requireOwn(KEEPER, changed));
            assertEquals(KEEPER, shown.owner());
        }
        assertThrows(JournalRefusedException.class, () -> keeper.keep(OWNER, 4, statement));
        assertThrows(JournalRefusedException.class, () -> keeper.keep(PartyId.P0, 3, statement));
        assertArrayEquals(new byte[JournalHeads.STATEMENT_BYTES], keeper.kept(OWNER));
    }
}
