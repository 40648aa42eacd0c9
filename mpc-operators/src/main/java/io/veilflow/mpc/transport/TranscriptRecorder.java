package io.veilflow.mpc.transport;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Transcript;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Notes the messages of one session while it runs. Bounded: what does not fit is counted. Not thread-safe. */
final class TranscriptRecorder {
    /** About 200 bytes each. */
    private static final int ENTRIES_MAX = 1 << 15;

    private final PartyId self;
    private final List<Transcript.Entry> entries = new ArrayList<>();
    private final Map<PartyId, Long> sent = new EnumMap<>(PartyId.class);
    private final Map<PartyId, Long> received = new EnumMap<>(PartyId.class);
    private long omitted;

    TranscriptRecorder(PartyId self) {
        this.self = self;
    }

    void sent(PartyId to, String place, byte[] payload) {
        note(true, to, sent.merge(to, 1L, Long::sum) - 1, place, payload);
    }

    void received(PartyId from, String place, byte[] payload) {
        note(false, from, received.merge(from, 1L, Long::sum) - 1, place, payload);
    }

    Transcript transcript(byte[] contextHash, long epoch) {
        return new Transcript(self, contextHash.clone(), epoch, entries, omitted);
    }

    private void note(boolean sending, PartyId peer, long sequence, String place, byte[] payload) {
        if (entries.size() == ENTRIES_MAX) {
            omitted++;
            return;
        }
        entries.add(new Transcript.Entry(sending, peer, sequence, place, payload.length, FrameNames.sha(payload)));
    }
}
