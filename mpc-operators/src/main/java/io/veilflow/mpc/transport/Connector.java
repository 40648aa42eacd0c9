package io.veilflow.mpc.transport;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLHandshakeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the TLS connections: of two parties the one with the lower index listens, so that both reconnecting at once end
 * with one channel (THREATS B9). A newer connection of a peer replaces an older one that is still waiting. Strangers get a
 * few threads and a deadline, no more.
 */
final class Connector implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Connector.class);
    private static final int HANDSHAKES_AT_ONCE = 4;
    private static final int HANDSHAKES_WAITING = 16;

    private final LinkConfiguration configuration;
    private final LinkTls tls;
    private final ScheduledExecutorService deadlines;
    private final Consumer<PartyId> arrival;
    private final Set<PartyId> above = EnumSet.noneOf(PartyId.class);
    private final Map<PartyId, LinkSocket> arrived = new EnumMap<>(PartyId.class);
    private final ServerSocket listener;
    private final ThreadPoolExecutor handshakes;
    private Socket dialling;
    private boolean closed;

    /**
     * @param deadlines closes sockets that take too long; the caller's
     * @param arrival told of a peer that has connected to us, before its connection can be taken; must not block
     * @throws IOException if the own endpoint cannot be listened on
     */
    Connector(
            LinkConfiguration configuration, LinkTls tls, ScheduledExecutorService deadlines, Consumer<PartyId> arrival)
            throws IOException {
        this.configuration = configuration;
        this.tls = tls;
        this.deadlines = deadlines;
        this.arrival = arrival;
        PartyEndpoint own = configuration.party(configuration.self());
        for (PartyId party : PartyId.values()) {
            if (party.index() > configuration.self().index()) {
                above.add(party);
            }
        }
        handshakes = new ThreadPoolExecutor(
                HANDSHAKES_AT_ONCE,
                HANDSHAKES_AT_ONCE,
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(HANDSHAKES_WAITING),
                task -> daemon(task, "link-handshake"));
        handshakes.allowCoreThreadTimeOut(true);
        listener = new ServerSocket();
        if (!above.isEmpty()) {
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(own.host(), own.port()));
            daemon(this::accept, "link-accept").start();
        }
    }

    /** Whether this side opens the connection to the peer. */
    boolean dials(PartyId peer) {
        return peer.index() < configuration.self().index();
    }

    /** Connects to a lower peer, once. */
    LinkSocket dial(PartyId peer) throws LinkException {
        PartyEndpoint endpoint = configuration.party(peer);
        Socket tcp = new Socket();
        synchronized (this) {
            if (closed) {
                throw new LinkFailure(Reason.PEER_LOST, null, "the network is closed").exception();
            }
            dialling = tcp;
        }
        try (Deadline deadline = deadline(tcp)) {
            tcp.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), (int)
                    configuration.limits().handshake().toMillis());
            return tls.handshake(tcp, true, Set.of(peer), this::wake);
        } catch (IOException e) {
            LinkSocket.closeQuietly(tcp);
            throw failure(peer, "connecting to " + endpoint.host() + ":" + endpoint.port(), e)
                    .exception();
        }
    }

    /**
     * The newest connection of every higher peer, all taken at once; waits until each has one.
     *
     * @param dialled connections to the lower peers, without which there is nothing to wait for
     */
    synchronized Map<PartyId, LinkSocket> awaitArrivals(Collection<LinkSocket> dialled)
            throws LinkException, InterruptedException {
        while (true) {
            for (LinkSocket socket : dialled) {
                socket.requireAlive();
            }
            arrived.values().removeIf(socket -> !socket.alive());
            if (arrived.keySet().containsAll(above)) {
                break;
            }
            wait();
        }
        Map<PartyId, LinkSocket> taken = new EnumMap<>(PartyId.class);
        taken.putAll(arrived);
        arrived.clear();
        return taken;
    }

    /** What an I/O error of a link means. A refused certificate is a matter of configuration and never of an attack. */
    static LinkFailure failure(PartyId peer, String doing, IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return new LinkFailure(
                        Reason.CONFIGURATION,
                        peer,
                        doing + ": the peer's certificate is refused, " + cause.getMessage());
            }
        }
        // Only an alert is an answer: a peer that stops in the middle of a handshake gives the same exception.
        if (e instanceof SSLHandshakeException && String.valueOf(e.getMessage()).contains("fatal alert")) {
            return new LinkFailure(
                    Reason.CONFIGURATION, peer, doing + ": the peer refuses our certificate or TLS, " + e.getMessage());
        }
        String what = e.getMessage() == null ? "the connection ended" : e.getMessage();
        return new LinkFailure(Reason.PEER_LOST, peer, doing + ": " + what);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket tcp = listener.accept();
                try {
                    handshakes.execute(() -> greet(tcp));
                } catch (RejectedExecutionException e) {
                    LinkSocket.closeQuietly(tcp);
                    LOG.warn("too many strangers at once, one refused");
                }
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    LOG.warn("accepting a connection failed: {}", e.getMessage());
                }
            }
        }
    }

    private void greet(Socket tcp) {
        LinkSocket socket;
        try (Deadline deadline = deadline(tcp)) {
            socket = tls.handshake(tcp, false, above, this::wake);
        } catch (IOException e) {
            LOG.warn("a connection from {} was refused: {}", tcp.getRemoteSocketAddress(), e.getMessage());
            LinkSocket.closeQuietly(tcp);
            return;
        }
        // Before the connection can be taken: told later, an epoch made of this very connection would be ended by it.
        arrival.accept(socket.peer());
        synchronized (this) {
            if (closed) {
                socket.close();
                return;
            }
            LinkSocket older = arrived.put(socket.peer(), socket);
            if (older != null) {
                older.close();
            }
            notifyAll();
        }
    }

    private Deadline deadline(Socket tcp) {
        return new Deadline(
                deadlines,
                () -> LinkSocket.closeQuietly(tcp),
                configuration.limits().handshake());
    }

    private synchronized void wake() {
        notifyAll();
    }

    static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            arrived.values().forEach(LinkSocket::close);
            arrived.clear();
            if (dialling != null) {
                LinkSocket.closeQuietly(dialling);
            }
        }
        try {
            listener.close();
        } catch (IOException e) {
            LOG.debug("closing the listener failed", e);
        }
        handshakes.shutdownNow();
    }
}
