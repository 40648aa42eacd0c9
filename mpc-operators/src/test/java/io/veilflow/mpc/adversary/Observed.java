package io.veilflow.mpc.adversary;

import io.veilflow.mpc.fair.FairMessage;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.PrssStream;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.testing.LinkControl;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** An honest run of the party, written down: what there is to attack. */
final class Observed implements Attack {
    /** One message that the party sends. */
    record Sent(int number, PartyId to, String path, String label, byte[] payload) {
        String place() {
            return "message " + number + " to " + to + " " + path + "/" + label;
        }
    }

    private final List<Sent> messages = new ArrayList<>();
    private final Set<OtherRandomness.Name> streams = new LinkedHashSet<>();
    private int postings;

    @Override
    public void send(Outgoing message, LinkControl links) {
        messages.add(new Sent(
                message.number(),
                message.to(),
                message.operation().path(),
                message.label(),
                message.payload().clone()));
        message.send();
    }

    @Override
    public PrssStream stream(Operation operation, int component, String purpose) {
        streams.add(new OtherRandomness.Name(operation.path(), component, purpose));
        return operation.stream(component, purpose);
    }

    @Override
    public Posting posts(int number, PartyId to, FairMessage message) {
        postings = number + 1;
        return new Posting(message, 0);
    }

    int postings() {
        return postings;
    }

    List<Sent> messages() {
        return messages;
    }

    Set<OtherRandomness.Name> streams() {
        return streams;
    }
}
