package io.veilflow.pipeline.operate;

import java.util.Optional;

/**
 * What one party said when it was asked, or why it said nothing.
 *
 * @param party its name
 * @param silence why there is no status; empty if there is one
 */
public record PartyAnswer(String party, Optional<StatusDocument> status, Optional<String> silence) {
    static PartyAnswer of(StatusDocument status) {
        return new PartyAnswer(status.party(), Optional.of(status), Optional.empty());
    }

    static PartyAnswer silent(String party, String why) {
        return new PartyAnswer(party, Optional.empty(), Optional.of(why));
    }

    public boolean isWell() {
        return status.filter(said -> said.live() && said.ready()).isPresent();
    }
}
