package io.veilflow.mpc.transport;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayDeque;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One encrypted connection to a peer whose certificate has been checked. Its thread reads from the first moment, so that the
 * end of the connection shows at once, whatever this party waits for: until a receiver is attached, frames wait here for the
 * handshake. Closing it closes the TCP socket below at once and never waits: a TLS goodbye could block on a peer that does
 * not read.
 */
final class LinkSocket implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LinkSocket.class);
    private static final int BUFFER = 64 << 10;
    /** A peer that finished the handshake earlier may be a little ahead; the rest waits in its socket. */
    private static final int EARLY_FRAMES = 16;

    private static final long LOOK_AGAIN_MILLIS = 10;

    /** Takes what arrives after the handshake, on the reading thread. */
    interface Receiver {
        /** A failure that it throws ends the connection. */
        void received(Frame frame) throws LinkException;

        void lost(LinkFailure failure);
    }

    private final PartyId peer;
    private final Socket tcp;
    private final DataInputStream in;
    private final OutputStream out;
    private final Runnable ended;
    private final ArrayDeque<Frame> early = new ArrayDeque<>();
    private Receiver receiver;
    private volatile LinkFailure failure;

    /** @param ended told once when the connection has ended; must not block */
    LinkSocket(PartyId peer, Socket tcp, SSLSocket tls, int frameLimit, Runnable ended) throws IOException {
        this.peer = peer;
        this.tcp = tcp;
        this.in = new DataInputStream(new BufferedInputStream(tls.getInputStream(), BUFFER));
        this.out = new BufferedOutputStream(tls.getOutputStream(), BUFFER);
        this.ended = ended;
        Connector.daemon(() -> read(frameLimit), "link-read-" + peer).start();
    }

    PartyId peer() {
        return peer;
    }

    OutputStream out() {
        return out;
    }

    /**
     * The next frame of the handshake.
     *
     * @param other the link to the third party, without which there is no handshake either
     * @throws LinkException when this link has ended and nothing is left, or the other has ended
     */
    synchronized Frame take(LinkSocket other) throws LinkException, InterruptedException {
        while (early.isEmpty()) {
            requireAlive();
            other.requireAlive();
            wait(LOOK_AGAIN_MILLIS);
        }
        notifyAll();
        return early.poll();
    }

    /** Ends the handshake: the receiver gets all that came and comes after it. */
    void attach(Receiver after) throws LinkException {
        while (true) {
            Frame frame;
            synchronized (this) {
                notifyAll();
                frame = early.poll();
                if (frame == null) {
                    requireAlive();
                    receiver = after;
                    return;
                }
            }
            after.received(frame);
        }
    }

    /** Waits until the connection has ended, though not beyond a time of {@link System#nanoTime}. */
    synchronized void awaitEnd(long untilNanos) throws InterruptedException {
        while (alive() && System.nanoTime() < untilNanos) {
            wait(LOOK_AGAIN_MILLIS);
        }
    }

    boolean alive() {
        return failure == null;
    }

    void requireAlive() throws LinkException {
        LinkFailure cause = failure;
        if (cause != null) {
            throw cause.exception();
        }
    }

    private void read(int frameLimit) {
        try {
            while (true) {
                deliver(Frame.read(in, frameLimit, peer));
            }
        } catch (IOException e) {
            fail(Connector.failure(peer, "link", e));
        } catch (LinkException e) {
            fail(e.failure());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            fail(new LinkFailure(Reason.PEER_LOST, peer, "link: the reading thread has stopped"));
        }
    }

    private void deliver(Frame frame) throws LinkException, InterruptedException {
        Receiver current;
        synchronized (this) {
            while (receiver == null && early.size() >= EARLY_FRAMES && failure == null) {
                wait();
            }
            current = receiver;
            if (current == null) {
                early.add(frame);
                notifyAll();
            }
        }
        if (current != null) {
            current.received(frame);
        }
    }

    /** Ends the connection; only the first cause counts. */
    void fail(LinkFailure cause) {
        Receiver current;
        synchronized (this) {
            if (failure != null) {
                return;
            }
            failure = cause;
            current = receiver;
            notifyAll();
        }
        closeQuietly(tcp);
        if (current != null) {
            current.lost(cause);
        }
        ended.run();
    }

    @Override
    public void close() {
        fail(new LinkFailure(Reason.PEER_LOST, peer, "link: closed"));
    }

    /** Closing a socket can only fail in ways that leave it closed. */
    static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("closing a socket failed", e);
        }
    }
}
