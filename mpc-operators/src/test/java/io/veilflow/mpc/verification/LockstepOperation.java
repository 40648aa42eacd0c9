package io.veilflow.mpc.verification;

import io.veilflow.mpc.ledger.Ledger;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.PrssContext;
import io.veilflow.mpc.randomness.PrssKey;
import io.veilflow.mpc.randomness.PrssStream;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** One party of {@link LockstepParties}: what it receives must have been sent already. */
final class LockstepOperation implements Operation {
    /** May change a message on its way. */
    @FunctionalInterface
    interface Change {
        Change NONE = (from, to, label, payload) -> payload;

        byte[] apply(PartyId from, PartyId to, String label, byte[] payload);
    }

    private record Sent(String label, byte[] payload) {}

    /** The six directions. */
    static final class Wires {
        private final Change change;
        private final Map<String, Queue<Sent>> queues = new HashMap<>();
        private final List<String> labels = new ArrayList<>();
        private long bytes;

        Wires(Change change) {
            this.change = change;
        }

        private Queue<Sent> queue(PartyId from, PartyId to) {
            return queues.computeIfAbsent(from + ">" + to, any -> new ArrayDeque<>());
        }

        List<String> labels() {
            return labels;
        }

        long bytes() {
            return bytes;
        }
    }

    private final PartyId self;
    private final long seed;
    private final Wires wires;
    private final Ledger ledger = Ledger.recording();
    private final Map<String, PrssStream> streams = new HashMap<>();

    LockstepOperation(PartyId self, long seed, Wires wires) {
        this.self = self;
        this.seed = seed;
        this.wires = wires;
    }

    Wires wires() {
        return wires;
    }

    @Override
    public PartyId self() {
        return self;
    }

    @Override
    public String path() {
        return "lockstep";
    }

    @Override
    public Profile profile() {
        return Profile.M;
    }

    @Override
    public Ledger ledger() {
        return ledger;
    }

    @Override
    public byte[] epoch() {
        return new byte[0];
    }

    @Override
    public PrssStream stream(int component, String purpose) {
        return streams.computeIfAbsent(component + "/" + purpose, any -> fresh(component, purpose));
    }

    /** From its start; whoever holds the key can derive it as often as it likes. */
    PrssStream fresh(int component, String purpose) {
        if (!self.holds(component)) {
            throw new IllegalArgumentException(self + " does not hold PRSS key " + component);
        }
        byte[] key = ByteBuffer.allocate(32).putLong(seed).putInt(component).array();
        try (PrssKey prss = new PrssKey(key)) {
            return prss.stream(PrssContext.encode(PrssContext.text(purpose)));
        }
    }

    @Override
    public void send(PartyId to, String label, byte[] payload) {
        wires.labels.add(self + ">" + to + " " + label);
        wires.bytes += payload.length;
        wires.queue(self, to).add(new Sent(label, wires.change.apply(self, to, label, payload)));
    }

    @Override
    public byte[] receive(PartyId from, String label, int length) {
        Sent sent = wires.queue(from, self).remove();
        if (!sent.label().equals(label)) {
            throw new ProtocolAbortException(Reason.UNEXPECTED_MESSAGE, from, label);
        }
        if (sent.payload().length != length) {
            throw new ProtocolAbortException(Reason.LENGTH, from, label);
        }
        return sent.payload();
    }
}
