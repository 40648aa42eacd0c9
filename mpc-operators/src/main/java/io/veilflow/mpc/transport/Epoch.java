package io.veilflow.mpc.transport;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.PrssStream;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import io.veilflow.mpc.session.SessionContext;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Three parties connected under fresh keys. It ends as a whole: with the first link that fails all links close, all sessions
 * abort, and the keys are wiped. Thread-safe.
 */
final class Epoch implements PartyLink.Receiver {
    /** One unit and one signature of the group's account are in flight at a time; a peer may be a few attempts ahead. */
    private static final int AWAITED_PER_PEER = 16;

    private static final byte[] CONTROL = new byte[Frame.CONTEXT_HASH_BYTES];

    private final PartyId self;
    private final long number;
    private final EpochKeys keys;
    private final LinkLimits limits;
    private final Map<PartyId, PartyLink> links = new EnumMap<>(PartyId.class);
    private final Map<PartyId, QueueBudget> budgets = new EnumMap<>(PartyId.class);
    private final Map<PartyId, MessageQueue> control = new EnumMap<>(PartyId.class);
    private final Map<ByteBuffer, SessionInbox> inboxes = new HashMap<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private LinkFailure failure;

    Epoch(LinkConfiguration configuration, EpochAgreement agreement, Map<PartyId, LinkSocket> sockets, FrameTap tap) {
        this.self = configuration.self();
        this.number = agreement.number();
        this.keys = agreement.keys();
        this.limits = configuration.limits();
        sockets.forEach((peer, socket) -> {
            budgets.put(peer, new QueueBudget(limits));
            control.put(peer, new MessageQueue(new QueueBudget(limits)));
            links.put(peer, new PartyLink(self, socket, agreement.epochId(), limits, tap, this));
        });
    }

    void start() {
        links.values().forEach(PartyLink::start);
    }

    long number() {
        return number;
    }

    PartyId self() {
        return self;
    }

    LinkLimits limits() {
        return limits;
    }

    /** @throws IllegalStateException if the context was opened in this epoch before */
    synchronized LinkSession open(SessionContext context, Profile profile) throws LinkException {
        requireAlive();
        byte[] contextHash = FrameNames.contextHash(context);
        SessionInbox inbox = inboxes.computeIfAbsent(
                ByteBuffer.wrap(contextHash), hash -> new SessionInbox(SessionInbox.State.AWAITED, null, budgets));
        if (inbox.state() != SessionInbox.State.AWAITED) {
            throw new IllegalStateException("the session context " + context.kind() + " " + context.id() + ", attempt "
                    + context.attempt() + " was opened in epoch " + number + " before");
        }
        inbox.open();
        return new LinkSession(this, context, contextHash, profile, inbox);
    }

    /** The END marker goes behind all that the session has sent. */
    synchronized void close(SessionInbox inbox, byte[] contextHash) {
        inbox.close(new LinkFailure(Reason.PEER_LOST, null, "the session is closed"));
        if (failure != null) {
            return;
        }
        for (PartyLink link : links.values()) {
            try {
                link.send(contextHash, FrameNames.END, new byte[0]);
            } catch (LinkException e) {
                fail(e.failure());
                return;
            }
        }
    }

    Optional<PrssStream> stream(int component, byte[] prssContext) {
        return keys.stream(component, prssContext);
    }

    /** Not under the epoch's lock: a peer that does not read must not keep this party from ending the epoch. */
    void send(PartyId to, byte[] contextHash, int label, byte[] payload) throws LinkException {
        link(to, payload).sendAtOnce(contextHash, label, payload);
    }

    void sendControl(PartyId to, byte[] message) throws LinkException {
        link(to, message).send(CONTROL, FrameNames.MESSAGE, message);
    }

    private PartyLink link(PartyId to, byte[] payload) {
        PartyLink link = links.get(to);
        if (link == null) {
            throw new IllegalArgumentException(self + " cannot send to " + to);
        }
        if (payload.length > limits.frameBytes() - Frame.HEADER_BYTES) {
            throw new IllegalArgumentException("a message of " + payload.length + " bytes is above the frame limit");
        }
        return link;
    }

    Optional<byte[]> receiveControl(PartyId from, long millis) throws LinkException, InterruptedException {
        return control.get(from).take(millis, TimeUnit.MILLISECONDS).map(MessageQueue.Message::payload);
    }

    @Override
    public void received(PartyId from, Frame frame) throws LinkException {
        MessageQueue.Message message = new MessageQueue.Message(frame.contextHash(), frame.label(), frame.payload());
        if (!Arrays.equals(frame.contextHash(), CONTROL)) {
            deliver(from, message);
        } else if (frame.label() == FrameNames.MESSAGE) {
            requireRoom(from, control.get(from).offer(message));
        } else if (frame.label() != FrameNames.ALIVE) {
            throw new LinkFailure(Reason.UNEXPECTED_MESSAGE, from, "link: a control frame of unknown kind").exception();
        }
    }

    private synchronized void deliver(PartyId from, MessageQueue.Message message) throws LinkException {
        requireAlive();
        ByteBuffer context = ByteBuffer.wrap(message.contextHash());
        SessionInbox inbox = inboxes.get(context);
        if (inbox == null) {
            long awaited = inboxes.values().stream()
                    .filter(other -> other.awaitedBecauseOf(from))
                    .count();
            requireRoom(from, awaited < AWAITED_PER_PEER);
            inbox = new SessionInbox(SessionInbox.State.AWAITED, from, budgets);
            inboxes.put(context, inbox);
        }
        if (inbox.state() != SessionInbox.State.CLOSED) {
            requireRoom(from, inbox.from(from).offer(message));
        }
    }

    private static void requireRoom(PartyId from, boolean room) throws LinkException {
        if (!room) {
            throw new LinkFailure(Reason.OVERLOAD, from, "link: more arrives than may wait here").exception();
        }
    }

    @Override
    public void lost(LinkFailure cause) {
        fail(cause);
    }

    /** Ends the epoch; only the first cause counts. */
    synchronized void fail(LinkFailure cause) {
        if (failure != null) {
            return;
        }
        failure = cause;
        keys.close();
        links.values().forEach(link -> link.close(cause));
        control.values().forEach(queue -> queue.fail(cause));
        inboxes.values().forEach(inbox -> inbox.close(cause));
        ended.countDown();
    }

    /** Lets what is queued leave, then ends the epoch. */
    void finish(LinkFailure cause, long millis) throws InterruptedException {
        for (PartyLink link : links.values()) {
            link.drain(millis, TimeUnit.MILLISECONDS);
        }
        fail(cause);
    }

    /** Watches for peers that are silent or do not read until the epoch has ended; returns why it did. */
    LinkFailure awaitEnd() throws InterruptedException {
        long silence = limits.silence().toNanos();
        while (!ended.await(Math.max(1, silence / 8), TimeUnit.NANOSECONDS)) {
            for (PartyLink link : links.values()) {
                if (link.silentNanos() > silence) {
                    fail(new LinkFailure(
                            Reason.TIMEOUT, link.peer(), "link: no frame of the peer for " + limits.silence()));
                }
                if (link.stuckNanos() > silence) {
                    fail(new LinkFailure(
                            Reason.TIMEOUT, link.peer(), "link: the peer has not read for " + limits.silence()));
                }
            }
        }
        synchronized (this) {
            return failure;
        }
    }

    private void requireAlive() throws LinkException {
        if (failure != null) {
            throw failure.exception();
        }
    }
}
