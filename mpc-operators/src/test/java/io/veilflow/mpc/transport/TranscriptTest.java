package io.veilflow.mpc.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.MeasuredSession;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.Transcript;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the parties of one session over links note of it. */
class TranscriptTest {
    private static final byte[] SECRET = {11, 22, 33, 44, 55, 66, 77, 88};

    @Test
    void twoHonestPartiesHaveTheSameRecordOfTheMessagesBetweenThem() throws Exception {
        Map<PartyId, Transcript> transcripts = recorded();
        for (PartyId party : PartyId.values()) {
            Transcript own = transcripts.get(party);
            assertEquals(12, own.entries().size());
            assertEquals(0, own.omitted());
            assertEquals(Optional.empty(), Transcript.firstDifference(own, transcripts.get(party.next())));
        }
    }

    @Test
    void theFirstMessageThatOneOfThemChangedIsNamed() throws Exception {
        Map<PartyId, Transcript> transcripts = recorded();
        Transcript honest = transcripts.get(PartyId.P0);
        Transcript liar = transcripts.get(PartyId.P1);
        List<Transcript.Entry> changed = new ArrayList<>(liar.entries());
        for (int k = 0; k < changed.size(); k++) {
            Transcript.Entry entry = changed.get(k);
            if (entry.sent() && entry.peer() == PartyId.P0 && entry.sequence() >= 1) {
                changed.set(
                        k,
                        new Transcript.Entry(
                                true, PartyId.P0, entry.sequence(), entry.place(), entry.bytes(), new byte[32]));
            }
        }
        Transcript lie = new Transcript(PartyId.P1, liar.context(), liar.epoch(), changed, 0);
        Transcript.Difference expected = new Transcript.Difference(PartyId.P1, PartyId.P0, 1, "op/round-1");
        assertEquals(Optional.of(expected), Transcript.firstDifference(honest, lie));
        assertEquals(Optional.of(expected), Transcript.firstDifference(lie, honest));
    }

    @Test
    void itsTextReadsBackAndHoldsNoContent() throws Exception {
        Transcript transcript = recorded().get(PartyId.P2);
        String text = transcript.text();
        assertEquals(text, Transcript.parse(text).text());
        assertFalse(text.contains("0b16212c"), "a payload in a transcript");
        assertThrows(IllegalArgumentException.class, () -> Transcript.parse(text.replace("party", "parts")));
        assertThrows(IllegalArgumentException.class, () -> Transcript.parse(text.replace("> ", "? ")));
    }

    @Test
    void transcriptsOfDifferentAttemptsAreNotCompared() throws Exception {
        Map<PartyId, Transcript> transcripts = recorded();
        Transcript own = transcripts.get(PartyId.P0);
        Transcript peer = transcripts.get(PartyId.P1);
        Transcript later = new Transcript(PartyId.P1, peer.context(), peer.epoch() + 1, peer.entries(), 0);
        assertThrows(IllegalArgumentException.class, () -> Transcript.firstDifference(own, later));
        assertThrows(IllegalArgumentException.class, () -> Transcript.firstDifference(own, own));
    }

    @Test
    void moreMessagesThanFitAreCountedAndNotHeld() {
        TranscriptRecorder recorder = new TranscriptRecorder(PartyId.P0);
        int messages = (1 << 15) + 7;
        for (int k = 0; k < messages; k++) {
            recorder.sent(PartyId.P1, "op/m", SECRET);
        }
        Transcript transcript = recorder.transcript(new byte[32], 1);
        assertEquals(1 << 15, transcript.entries().size());
        assertEquals(7, transcript.omitted());
    }

    @Test
    void aSessionOfProfileSKeepsNone() {
        try (LinkWorld world = LinkWorld.connected();
                MeasuredSession session = world.network(PartyId.P0).openSession(LinkWorld.context(1), Profile.S)) {
            session.operation("op").send(PartyId.P1, "m", SECRET.clone());
            assertTrue(session.transcript().entries().isEmpty());
        }
    }

    private static Map<PartyId, Transcript> recorded() throws Exception {
        Map<PartyId, CompletableFuture<Transcript>> running = new EnumMap<>(PartyId.class);
        Map<PartyId, Transcript> transcripts = new EnumMap<>(PartyId.class);
        try (LinkWorld world = LinkWorld.connected()) {
            for (PartyId party : PartyId.values()) {
                running.put(party, CompletableFuture.supplyAsync(() -> run(world, party)));
            }
            for (PartyId party : PartyId.values()) {
                transcripts.put(party, running.get(party).get(20, TimeUnit.SECONDS));
            }
        }
        return transcripts;
    }

    private static Transcript run(LinkWorld world, PartyId party) {
        try (MeasuredSession session = world.network(party).openSession(LinkWorld.context(1), Profile.M)) {
            Operation operation = session.operation("op");
            for (int round = 0; round < 3; round++) {
                operation.send(party.next(), "round-" + round, SECRET.clone());
                operation.send(party.previous(), "round-" + round, SECRET.clone());
                operation.receive(party.next(), "round-" + round, SECRET.length);
                operation.receive(party.previous(), "round-" + round, SECRET.length);
            }
            return session.transcript();
        }
    }
}
