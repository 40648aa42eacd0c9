package io.veilflow.pipeline.simulate;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** That no randomness is used twice: no epoch begins again, no session is opened a second time in one, no nonce comes again. */
final class RandomnessCheck {
    private final Violations violations;
    private final Map<PartyId, Long> epochs = new HashMap<>();
    private final Set<String> sessions = new HashSet<>();
    private final Set<String> streams = new HashSet<>();
    private final Map<ByteString, String> nonces = new HashMap<>();

    RandomnessCheck(Violations violations) {
        this.violations = violations;
    }

    void entered(PartyId party, long epoch) {
        Long before = epochs.put(party, epoch);
        if (before != null && before >= epoch) {
            violations.add(party + " enters epoch " + epoch + " after " + before);
        }
    }

    void opened(PartyId party, long epoch, String session) {
        if (!sessions.add(party + " " + epoch + " " + session)) {
            violations.add(party + " opens a session twice in epoch " + epoch);
        }
    }

    /** A stream counts its indices up from 0, so that none is used twice unless a stream begins twice. */
    void draws(PartyId party, long epoch, int component, String context) {
        if (!streams.add(party + " " + epoch + " " + component + " " + context)) {
            violations.add(party + " begins a stream twice in epoch " + epoch);
        }
    }

    /** @param use what a nonce that is seen on the board was made for */
    void nonce(ByteString nonce, String use) {
        String before = nonces.putIfAbsent(nonce, use);
        if (before != null && !before.equals(use)) {
            violations.add("a nonce of " + before + " comes again for " + use);
        }
    }
}
