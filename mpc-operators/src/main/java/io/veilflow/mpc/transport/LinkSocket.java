package io.veilflow.mpc.transport;

import io.veilflow.mpc.party.PartyId;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One encrypted connection to a peer whose certificate has been checked. Closing it closes the TCP socket below at once and
 * never waits: a TLS goodbye could block on a peer that does not read.
 */
final class LinkSocket implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LinkSocket.class);
    private static final int BUFFER = 64 << 10;

    private final PartyId peer;
    private final Socket tcp;
    private final DataInputStream in;
    private final OutputStream out;

    LinkSocket(PartyId peer, Socket tcp, SSLSocket tls) throws IOException {
        this.peer = peer;
        this.tcp = tcp;
        this.in = new DataInputStream(new BufferedInputStream(tls.getInputStream(), BUFFER));
        this.out = new BufferedOutputStream(tls.getOutputStream(), BUFFER);
    }

    PartyId peer() {
        return peer;
    }

    DataInputStream in() {
        return in;
    }

    OutputStream out() {
        return out;
    }

    /** Closes this socket after the time unless the deadline is closed before. */
    Deadline deadline(ScheduledExecutorService scheduler, Duration time) {
        return new Deadline(scheduler, tcp, time);
    }

    @Override
    public void close() {
        closeQuietly(tcp);
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
