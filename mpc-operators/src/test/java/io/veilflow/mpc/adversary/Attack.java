package io.veilflow.mpc.adversary;

import io.veilflow.mpc.fair.FairMessage;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.PrssStream;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.testing.LinkControl;

/** How a corrupted party deviates in one run; honest where nothing is overridden. Used by one thread for one run. */
public interface Attack {
    /** What the party is about to send. */
    record Outgoing(Operation operation, int number, PartyId to, String label, byte[] payload) {
        void send() {
            send(payload);
        }

        void send(byte[] other) {
            operation.send(to, label, other);
        }

        Outgoing copy() {
            return new Outgoing(operation, number, to, label, payload.clone());
        }
    }

    /** Sends the message, or whatever it likes. Messages are numbered from 0 over the whole session, both peers together. */
    default void send(Outgoing message, LinkControl links) {
        message.send();
    }

    /** The randomness that the party computes with. */
    default PrssStream stream(Operation operation, int component, String purpose) {
        return operation.stream(component, purpose);
    }

    /** What the party has received; it may learn from it, and computes with what is returned. */
    default byte[] received(Operation operation, PartyId from, String label, byte[] payload) {
        return payload;
    }

    /** What the peer reads where the party posts in a fair opening; postings are numbered from 0. Null for nothing. */
    default Posting posts(int number, PartyId to, FairMessage message) {
        return new Posting(message, 0);
    }

    /** @param delay until it can be read, in milliseconds */
    record Posting(FairMessage message, long delay) {}
}
