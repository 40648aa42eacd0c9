package io.veilflow.mpc.transport;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

/** Messages of one handshake over the links to both peers, at numbered places (docs/wire.md 9). */
final class HandshakeChannel {
    private static final long LAST_WORD_NANOS = 2_000_000_000L;

    private final PartyId self;
    private final Map<PartyId, LinkSocket> links;
    private final FrameTap tap;

    HandshakeChannel(PartyId self, Map<PartyId, LinkSocket> links, FrameTap tap) {
        this.self = self;
        this.links = links;
        this.tap = tap;
    }

    Iterable<PartyId> peers() {
        return links.keySet();
    }

    void send(PartyId peer, long sequence, int label, byte[] payload) throws LinkException {
        LinkSocket link = links.get(peer);
        Frame frame =
                new Frame(new byte[Frame.EPOCH_ID_BYTES], new byte[Frame.CONTEXT_HASH_BYTES], sequence, label, payload);
        byte[] header = frame.header();
        tap.sent(self, peer, header, payload);
        try {
            link.out().write(header);
            link.out().write(payload);
            link.out().flush();
        } catch (IOException e) {
            throw Connector.failure(peer, "handshake", e).exception();
        }
    }

    byte[] receive(PartyId peer, long sequence, int label) throws LinkException, InterruptedException {
        PartyId third = self.next() == peer ? self.previous() : self.next();
        Frame frame = links.get(peer).take(links.get(third));
        if (frame.label() != label
                || frame.sequence() != sequence
                || !Arrays.equals(frame.epochId(), new byte[Frame.EPOCH_ID_BYTES])
                || !Arrays.equals(frame.contextHash(), new byte[Frame.CONTEXT_HASH_BYTES])) {
            throw new LinkFailure(Reason.UNEXPECTED_MESSAGE, peer, "handshake: message of another place").exception();
        }
        return frame.payload();
    }

    byte[] receive(PartyId peer, long sequence, int label, int length) throws LinkException, InterruptedException {
        byte[] message = receive(peer, sequence, label);
        requireLength(peer, message, length);
        return message;
    }

    static void requireLength(PartyId peer, byte[] message, int length) throws LinkException {
        if (message.length != length) {
            throw new LinkFailure(Reason.LENGTH, peer, "handshake: " + message.length + " bytes instead of " + length)
                    .exception();
        }
    }

    /**
     * Whoever disagrees has to learn it too: a peer may not have read yet what this party has sent, and would throw it away with the link
     * if it ended now.
     */
    void awaitLastWord() throws InterruptedException {
        long end = System.nanoTime() + LAST_WORD_NANOS;
        for (LinkSocket link : links.values()) {
            link.awaitEnd(end);
        }
    }
}
