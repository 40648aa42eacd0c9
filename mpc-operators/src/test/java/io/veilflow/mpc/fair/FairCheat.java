package io.veilflow.mpc.fair;

import io.veilflow.mpc.party.PartyId;
import java.util.Optional;

/** What the corrupted party does differently from the protocol. Every default is the honest behaviour. */
abstract class FairCheat {
    /** How long after the posting a recipient reads it. */
    record Delivery(FairMessage message, long delay) {}

    /** What arrives on the link instead; empty for nothing. */
    Optional<byte[]> onLink(PartyId to, String label, byte[] payload) {
        return Optional.of(payload);
    }

    /** What the recipient reads on the bulletin instead; empty for nothing. */
    Optional<Delivery> onBulletin(PartyId to, FairMessage message) {
        return Optional.of(new Delivery(message, 0));
    }

    /** Whether all links end just before the step: "start", "hash", "Ready", "Echo", "Opened", by count of its sendings. */
    boolean killsLinksBefore(int step) {
        return false;
    }

    /** Whether it enters the protocol with another value than it holds. */
    boolean changesItsComponent() {
        return false;
    }

    /** Postings of noise before each of its own. */
    int noise() {
        return 0;
    }
}
