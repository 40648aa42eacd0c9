package io.veilflow.mpc.testing;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One ordered channel per direction and pair, and the record of everything sent. Time is simulated: nothing happens until all
 * parties wait; then held messages arrive, or else the clock goes to where the first of them stops waiting (an honest one, the
 * lowest, before others of the same time: a cheater is patient). So a run never sleeps, and the same programs always give the same
 * run.
 */
final class MemoryNetwork {
    private static final Message LOST = new Message(0, PartyId.P0, PartyId.P0, "", "", new byte[0]);

    /** How long a party waits for a message. */
    private static final long PATIENCE_MILLIS = 20_000;

    /** @param from null for somebody who only lets time pass */
    private record Wait(PartyId from, long until) {}

    private static final class Channel {
        private final ArrayDeque<Message> arrived = new ArrayDeque<>();
        private final ArrayDeque<Message> held = new ArrayDeque<>();
        private Hold hold;
    }

    private final Channel[][] channels = new Channel[3][3];
    private final List<Message> messages = new ArrayList<>();
    private final Tamper tamper;
    private final PartyId corrupted;

    private final Map<PartyId, Wait> waiting = new EnumMap<>(PartyId.class);
    private long now = 1_000_000;
    private PartyId timeIsUp;
    private int running = 3;

    /** @param corrupted null if all are honest */
    MemoryNetwork(Tamper tamper, PartyId corrupted) {
        this.tamper = tamper;
        this.corrupted = corrupted;
        for (int from = 0; from < 3; from++) {
            for (int to = 0; to < 3; to++) {
                channels[from][to] = new Channel();
            }
        }
    }

    void send(Message message) {
        if (message.from() == message.to()) {
            throw new IllegalArgumentException("a message to itself: " + message.label());
        }
        byte[] arriving = tamper.apply(message);
        Message sent =
                new Message(message.round(), message.from(), message.to(), message.path(), message.label(), arriving);
        synchronized (this) {
            messages.add(sent);
            put(message.from(), message.to(), sent);
        }
    }

    synchronized void hold(PartyId from, PartyId to, Hold hold) {
        channel(from, to).hold = hold;
    }

    private Channel channel(PartyId from, PartyId to) {
        return channels[from.index()][to.index()];
    }

    private void put(PartyId from, PartyId to, Message message) {
        Channel channel = channel(from, to);
        if (channel.hold != null) {
            channel.held.add(message);
            return;
        }
        channel.arrived.add(message);
        Wait wait = waiting.get(to);
        if (wait != null && wait.from == from) {
            wake(to);
        }
    }

    private void wake(PartyId party) {
        waiting.remove(party);
        running++;
        notifyAll();
    }

    Message receive(PartyId from, PartyId to, String path, String label, int length) {
        String where = path + "/" + label;
        Message message = poll(from, to).orElseThrow(() -> new ProtocolAbortException(Reason.TIMEOUT, from, where));
        if (message == LOST) {
            throw new ProtocolAbortException(Reason.PEER_LOST, from, where);
        }
        if (!message.path().equals(path) || !message.label().equals(label)) {
            throw new ProtocolAbortException(Reason.UNEXPECTED_MESSAGE, from, where);
        }
        if (message.payload().length != length) {
            throw new ProtocolAbortException(Reason.LENGTH, from, where);
        }
        return message;
    }

    /** Empty if the time was up. A lost peer stays lost. */
    private synchronized Optional<Message> poll(PartyId from, PartyId to) {
        ArrayDeque<Message> arrived = channel(from, to).arrived;
        if (arrived.isEmpty()) {
            await(to, new Wait(from, now + PATIENCE_MILLIS));
        }
        if (timeIsUp == to) {
            timeIsUp = null;
            return Optional.empty();
        }
        return Optional.of(arrived.peek() == LOST ? LOST : arrived.poll());
    }

    synchronized long millis() {
        return now;
    }

    synchronized void pause(PartyId party, long millis) {
        await(party, new Wait(null, now + millis));
    }

    private void await(PartyId party, Wait wait) {
        waiting.put(party, wait);
        running--;
        settle();
        try {
            while (waiting.containsKey(party)) {
                wait();
            }
        } catch (InterruptedException e) {
            waiting.remove(party);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the run took too long", e);
        }
    }

    /** Time passes only when nobody can go on. */
    private void settle() {
        if (running > 0 || waiting.isEmpty() || release(Hold.WITHIN_LIMIT)) {
            return;
        }
        PartyId first = waiting.keySet().stream()
                .min(Comparator.comparingLong((PartyId party) -> waiting.get(party).until)
                        .thenComparing(party -> party == corrupted)
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
        Wait ended = waiting.get(first);
        now = ended.until;
        wake(first);
        if (ended.from != null) {
            timeIsUp = first;
            release(Hold.BEYOND_LIMIT);
        }
    }

    /** True if somebody can go on now. */
    private boolean release(Hold released) {
        for (PartyId from : PartyId.values()) {
            for (PartyId to : PartyId.values()) {
                Channel channel = channel(from, to);
                if (channel.hold == released) {
                    channel.hold = null;
                    channel.held.forEach(message -> put(from, to, message));
                    channel.held.clear();
                }
            }
        }
        return running > 0;
    }

    /** Whoever waits for more from this party learns that it is gone. */
    synchronized void leave(PartyId party) {
        running--;
        for (PartyId peer : PartyId.values()) {
            if (peer != party) {
                put(party, peer, LOST);
            }
        }
        settle();
    }

    synchronized List<Message> messages() {
        return List.copyOf(messages);
    }
}
