package io.veilflow.mpc.adversary;

import io.veilflow.mpc.fair.FairMessage;
import io.veilflow.mpc.fair.OpeningBulletin;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.testing.TimedSession;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Where the three post in one fair opening. A cheater may show its two readers different things, and late. */
final class PostingBoard {
    private record Readable(FairMessage message, long from) {}

    private final Trial trial;
    private final Map<PartyId, Map<PartyId, List<Readable>>> postings = new EnumMap<>(PartyId.class);

    PostingBoard(Trial trial) {
        this.trial = trial;
        for (PartyId poster : PartyId.values()) {
            Map<PartyId, List<Readable>> readers = new EnumMap<>(PartyId.class);
            for (PartyId reader : PartyId.values()) {
                readers.put(reader, new ArrayList<>());
            }
            postings.put(poster, readers);
        }
    }

    OpeningBulletin of(TimedSession session) {
        return new View(session);
    }

    private synchronized void post(PartyId from, PartyId to, Attack.Posting posting, long now) {
        if (posting != null) {
            postings.get(from).get(to).add(new Readable(posting.message(), now + posting.delay()));
        }
    }

    private synchronized List<FairMessage> take(PartyId from, PartyId to, long now) {
        List<Readable> waiting = postings.get(from).get(to);
        List<FairMessage> out = new ArrayList<>();
        while (!waiting.isEmpty() && waiting.get(0).from <= now) {
            out.add(waiting.remove(0).message);
        }
        return out;
    }

    private final class View implements OpeningBulletin {
        private final TimedSession session;
        private int posted;

        View(TimedSession session) {
            this.session = session;
        }

        @Override
        public void post(FairMessage message) {
            PartyId self = session.self();
            if (message instanceof FairMessage.Opened) {
                trial.opens(self);
            }
            for (PartyId to : List.of(self.next(), self.previous())) {
                Attack.Posting posting = trial.isCorrupted(self)
                        ? trial.attack().posts(posted, to, message)
                        : new Attack.Posting(message, 0);
                PostingBoard.this.post(self, to, posting, session.millis());
            }
            posted++;
        }

        @Override
        public List<FairMessage> read(PartyId peer) {
            return take(peer, session.self(), session.millis());
        }
    }
}
