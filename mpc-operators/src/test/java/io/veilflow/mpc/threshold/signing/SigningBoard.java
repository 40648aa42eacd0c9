package io.veilflow.mpc.threshold.signing;

import io.veilflow.mpc.party.PartyId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Three logs about one message, which everybody reads from the beginning. */
final class SigningBoard {
    private final Map<PartyId, List<SigningMessage>> logs = new EnumMap<>(PartyId.class);

    SigningBoard() {
        for (PartyId party : PartyId.values()) {
            logs.put(party, new ArrayList<>());
        }
    }

    List<SigningMessage> log(PartyId party) {
        return logs.get(party);
    }

    /** As a party that has just started sees it. */
    SigningBulletin of(PartyId self) {
        return new View(self);
    }

    private final class View implements SigningBulletin {
        private final PartyId self;
        private final Map<PartyId, Integer> read = new EnumMap<>(PartyId.class);

        View(PartyId self) {
            this.self = self;
        }

        @Override
        public void post(SigningMessage message) {
            logs.get(self).add(message);
        }

        @Override
        public List<SigningMessage> read(PartyId poster) {
            List<SigningMessage> log = logs.get(poster);
            List<SigningMessage> out = List.copyOf(log.subList(read.getOrDefault(poster, 0), log.size()));
            read.put(poster, log.size());
            return out;
        }
    }
}
