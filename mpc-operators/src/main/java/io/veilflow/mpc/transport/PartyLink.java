package io.veilflow.mpc.transport;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The connection to one peer during one epoch: the socket's thread reads; another writes what is queued, unless the sender of a small
 * message can write it at once, which saves a round the change of threads. Frames of either direction count from zero;
 * one of another epoch or out of order ends the link (THREATS B4, B5). When nothing is to be sent a small frame says that
 * this party is alive.
 */
final class PartyLink implements LinkSocket.Receiver {
    private static final byte[] CONTROL = new byte[Frame.CONTEXT_HASH_BYTES];
    private static final byte[] EMPTY = new byte[0];

    /** The most that is written by the sender itself: it fits into the socket's buffer unless the peer has stopped reading. */
    private static final int AT_ONCE_BYTES = 16 << 10;

    /** Told by the reading thread. A failure that it throws ends the link. */
    interface Receiver {
        void received(PartyId from, Frame frame) throws LinkException;

        void lost(LinkFailure failure);
    }

    private final PartyId self;
    private final LinkSocket socket;
    private final byte[] epochId;
    private final LinkLimits limits;
    private final FrameTap tap;
    private final Receiver receiver;
    private final MessageQueue outbox;
    private final Thread writer;
    private final ReentrantLock writing = new ReentrantLock();
    private long sequence;
    private long due;
    private volatile long writingAtOnceSince;
    private volatile boolean writingAtOnce;
    private volatile long lastFrame = System.nanoTime();

    PartyLink(PartyId self, LinkSocket socket, byte[] epochId, LinkLimits limits, FrameTap tap, Receiver receiver) {
        this.self = self;
        this.socket = socket;
        this.epochId = epochId.clone();
        this.limits = limits;
        this.tap = tap;
        this.receiver = receiver;
        this.outbox = new MessageQueue(new QueueBudget(limits));
        this.writer = Connector.daemon(this::write, "link-write-" + socket.peer());
    }

    void start() {
        writer.start();
        try {
            socket.attach(this);
        } catch (LinkException e) {
            socket.fail(e.failure());
            lost(e.failure());
        }
    }

    PartyId peer() {
        return socket.peer();
    }

    /**
     * Queues a message; never waits for the peer.
     *
     * @throws LinkException PEER_LOST if the link has ended or the peer has stopped reading long ago
     */
    void send(byte[] contextHash, int label, byte[] payload) throws LinkException {
        if (!outbox.offer(new MessageQueue.Message(contextHash, label, payload))) {
            throw new LinkFailure(Reason.PEER_LOST, peer(), "the queue to the peer is full, it does not read")
                    .exception();
        }
    }

    /**
     * Writes a small message at once if nothing is before it, else queues it. A peer that does not read holds this up until {@link
     * #stuckNanos} is found too long.
     *
     * @throws LinkException as {@link #send}, and PEER_LOST if the connection breaks
     */
    void sendAtOnce(byte[] contextHash, int label, byte[] payload) throws LinkException {
        if (payload.length > AT_ONCE_BYTES || !writing.tryLock()) {
            send(contextHash, label, payload);
            return;
        }
        try {
            if (!outbox.isFinished()) {
                send(contextHash, label, payload);
                return;
            }
            writingAtOnceSince = System.nanoTime();
            writingAtOnce = true;
            write(contextHash, label, payload);
            socket.out().flush();
        } catch (IOException e) {
            LinkFailure failure = Connector.failure(peer(), "link", e);
            receiver.lost(failure);
            throw failure.exception();
        } finally {
            writingAtOnce = false;
            writing.unlock();
        }
    }

    /** For how long a message has been written at once that the peer does not take; 0 if none is. */
    long stuckNanos() {
        long since = writingAtOnceSince;
        return writingAtOnce ? System.nanoTime() - since : 0;
    }

    /** Since the last complete frame of the peer, so that one byte a minute is silence too (THREATS B8). */
    long silentNanos() {
        return System.nanoTime() - lastFrame;
    }

    /** Gives what is queued a chance to leave. */
    void drain(long time, TimeUnit unit) throws InterruptedException {
        outbox.awaitFinished(time, unit);
    }

    void close(LinkFailure cause) {
        outbox.fail(cause);
        socket.fail(cause);
    }

    @Override
    public void received(Frame frame) throws LinkException {
        if (!Arrays.equals(frame.epochId(), epochId)) {
            throw unexpected("a frame of another epoch");
        }
        if (frame.sequence() != due) {
            throw unexpected("frame " + Long.toUnsignedString(frame.sequence()) + " where " + due + " was due");
        }
        due++;
        lastFrame = System.nanoTime();
        receiver.received(peer(), frame);
    }

    @Override
    public void lost(LinkFailure failure) {
        receiver.lost(failure);
    }

    private LinkException unexpected(String what) {
        return new LinkFailure(Reason.UNEXPECTED_MESSAGE, peer(), "link: " + what).exception();
    }

    private void write() {
        long pause = Math.max(1, limits.silence().toMillis() / 4);
        try {
            while (true) {
                Optional<MessageQueue.Message> next = outbox.take(pause, TimeUnit.MILLISECONDS);
                MessageQueue.Message message =
                        next.orElseGet(() -> new MessageQueue.Message(CONTROL, FrameNames.ALIVE, EMPTY));
                writing.lock();
                try {
                    write(message.contextHash(), message.label(), message.payload());
                    if (outbox.isEmpty()) {
                        socket.out().flush();
                    }
                } finally {
                    writing.unlock();
                }
            }
        } catch (IOException e) {
            receiver.lost(Connector.failure(peer(), "link", e));
        } catch (LinkException e) {
            receiver.lost(e.failure());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            receiver.lost(new LinkFailure(Reason.PEER_LOST, peer(), "link: the writing thread has stopped"));
        }
    }

    /** Under the lock. */
    private void write(byte[] contextHash, int label, byte[] payload) throws IOException {
        Frame frame = new Frame(epochId, contextHash, sequence++, label, payload);
        byte[] header = frame.header();
        tap.sent(self, peer(), header, payload);
        OutputStream out = socket.out();
        out.write(header);
        out.write(payload);
    }
}
