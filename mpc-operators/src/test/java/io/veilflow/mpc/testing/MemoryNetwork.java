package io.veilflow.mpc.testing;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One ordered channel per direction and pair, and the record of everything sent. */
final class MemoryNetwork {
    private static final Message LOST = new Message(0, PartyId.P0, PartyId.P0, "", "", new byte[0]);
    private static final long TIMEOUT_SECONDS = 20;

    private final List<List<BlockingQueue<Message>>> channels = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private final Tamper tamper;

    MemoryNetwork(Tamper tamper) {
        this.tamper = tamper;
        for (int from = 0; from < 3; from++) {
            List<BlockingQueue<Message>> row = new ArrayList<>();
            for (int to = 0; to < 3; to++) {
                row.add(new LinkedBlockingQueue<>());
            }
            channels.add(row);
        }
    }

    void send(Message message) {
        if (message.from() == message.to()) {
            throw new IllegalArgumentException("a message to itself: " + message.label());
        }
        byte[] arriving = tamper.apply(message);
        Message sent =
                new Message(message.round(), message.from(), message.to(), message.path(), message.label(), arriving);
        synchronized (messages) {
            messages.add(sent);
        }
        channels.get(message.from().index()).get(message.to().index()).add(sent);
    }

    Message receive(PartyId from, PartyId to, String path, String label, int length) {
        Message message = poll(from, to, path, label);
        if (message == LOST) {
            channels.get(from.index()).get(to.index()).add(LOST);
            throw new ProtocolAbortException(Reason.PEER_LOST, from, path + "/" + label);
        }
        if (!message.path().equals(path) || !message.label().equals(label)) {
            throw new ProtocolAbortException(Reason.UNEXPECTED_MESSAGE, from, path + "/" + label);
        }
        if (message.payload().length != length) {
            throw new ProtocolAbortException(Reason.LENGTH, from, path + "/" + label);
        }
        return message;
    }

    private Message poll(PartyId from, PartyId to, String path, String label) {
        try {
            Message message = channels.get(from.index()).get(to.index()).poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            if (message == null) {
                throw new ProtocolAbortException(Reason.TIMEOUT, from, path + "/" + label);
            }
            return message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProtocolAbortException(Reason.PEER_LOST, from, path + "/" + label);
        }
    }

    /** Everything that this party still sends has been sent; whoever waits for more learns that it is gone. */
    void leave(PartyId party) {
        for (BlockingQueue<Message> channel : channels.get(party.index())) {
            channel.add(LOST);
        }
    }

    List<Message> messages() {
        synchronized (messages) {
            return List.copyOf(messages);
        }
    }
}
