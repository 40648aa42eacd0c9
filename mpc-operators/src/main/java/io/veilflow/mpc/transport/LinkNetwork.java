package io.veilflow.mpc.transport;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.EpochLog;
import io.veilflow.mpc.session.MeasuredSession;
import io.veilflow.mpc.session.NetworkListener;
import io.veilflow.mpc.session.PartyNetwork;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import io.veilflow.mpc.session.SessionContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The party network over TLS links. One thread runs its life: connect to both peers, agree on an epoch, watch it until it
 * ends, again; pauses between failed attempts double up to a bound.
 */
public final class LinkNetwork implements PartyNetwork {
    private static final Logger LOG = LoggerFactory.getLogger(LinkNetwork.class);
    private static final long FIRST_BACKOFF_MILLIS = 50;
    private static final long GOODBYE_MILLIS = 1_000;

    private final LinkConfiguration configuration;
    private final Rendezvous rendezvous;
    private final Thread life;
    private final List<NetworkListener> listeners = new CopyOnWriteArrayList<>();

    private Epoch epoch;
    private LinkFailure lastFailure;
    private boolean closed;

    /**
     * Binds the own endpoint, so that a port in use shows at once.
     *
     * @param tap {@link FrameTap#none()} outside tests
     */
    public LinkNetwork(LinkConfiguration configuration, LinkCredentials credentials, EpochLog log, FrameTap tap) {
        this.configuration = configuration;
        PartyEndpoint own = configuration.party(configuration.self());
        try {
            this.rendezvous = new Rendezvous(configuration, credentials, log, tap, this::arrived);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + own.host() + ":" + own.port(), e);
        }
        this.life = Connector.daemon(this::live, "link-network");
    }

    @Override
    public PartyId self() {
        return configuration.self();
    }

    @Override
    public void start() {
        life.start();
    }

    @Override
    public synchronized long awaitEpoch(Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        while (epoch == null) {
            if (lastFailure != null
                    && (lastFailure.reason() == Reason.CONFIGURATION || refusesThisParty(lastFailure))) {
                throw lastFailure.abort();
            }
            if (closed) {
                throw closedFailure().abort();
            }
            long left = end - System.nanoTime();
            if (left <= 0) {
                String why = lastFailure == null ? "" : "; last: " + lastFailure.where();
                PartyId peer = lastFailure == null ? null : lastFailure.peer();
                throw new LinkFailure(Reason.TIMEOUT, peer, "waiting for an epoch" + why).abort();
            }
            if (!pause(left)) {
                throw new LinkFailure(Reason.TIMEOUT, null, "waiting for an epoch: interrupted").abort();
            }
        }
        return epoch.number();
    }

    @Override
    public synchronized OptionalLong currentEpoch() {
        return epoch == null ? OptionalLong.empty() : OptionalLong.of(epoch.number());
    }

    @Override
    public MeasuredSession openSession(SessionContext context, Profile profile) {
        try {
            return requireEpoch().open(context, profile);
        } catch (LinkException e) {
            throw e.failure().abort();
        }
    }

    @Override
    public void sendControl(PartyId to, byte[] message) {
        try {
            requireEpoch().sendControl(to, message);
        } catch (LinkException e) {
            throw e.failure().abort();
        }
    }

    @Override
    public Optional<byte[]> receiveControl(PartyId from, Duration timeout) {
        if (from == self()) {
            throw new IllegalArgumentException("no control messages from ourselves");
        }
        long end = System.nanoTime() + timeout.toNanos();
        try {
            Epoch current = awaitAnyEpoch(end);
            if (current == null) {
                return Optional.empty();
            }
            return current.receiveControl(from, Math.max(0, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
        } catch (LinkException e) {
            LOG.debug("the epoch ended while waiting for a control message: {}", e.getMessage());
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public void addListener(NetworkListener listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        Epoch last;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            last = epoch;
            epoch = null;
            notifyAll();
        }
        try {
            if (last != null) {
                last.finish(closedFailure(), GOODBYE_MILLIS);
            }
        } catch (InterruptedException e) {
            last.fail(closedFailure());
            Thread.currentThread().interrupt();
        } finally {
            rendezvous.close();
            life.interrupt();
        }
    }

    private synchronized Epoch requireEpoch() throws LinkException {
        if (epoch == null) {
            throw new LinkFailure(Reason.PEER_LOST, null, "there is no epoch").exception();
        }
        return epoch;
    }

    /** Null if there is none in time. */
    private synchronized Epoch awaitAnyEpoch(long end) throws InterruptedException {
        while (epoch == null && !closed) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return null;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return epoch;
    }

    /** False if the thread was interrupted. */
    private boolean pause(long nanos) {
        try {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, nanos));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static LinkFailure closedFailure() {
        return new LinkFailure(Reason.PEER_LOST, null, "the network is closed");
    }

    /** A peer that connects anew has lost the link, whatever this side thinks of it. */
    private void arrived(PartyId peer) {
        Epoch current;
        synchronized (this) {
            current = epoch;
        }
        if (current != null) {
            current.fail(new LinkFailure(Reason.PEER_LOST, peer, "link: the peer has connected anew"));
        }
    }

    private void live() {
        long backoff = FIRST_BACKOFF_MILLIS;
        try {
            while (!isClosed()) {
                Optional<Epoch> reached = reach();
                if (reached.isPresent()) {
                    backoff = FIRST_BACKOFF_MILLIS;
                    use(reached.get());
                } else {
                    // A different part of the pause at each party, so that they do not run after each other for ever.
                    Thread.sleep(backoff / 2 + ThreadLocalRandom.current().nextLong(backoff));
                    backoff = Math.min(
                            2 * backoff, configuration.limits().largestBackoff().toMillis());
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("the network of {} stops", self());
        } catch (RuntimeException e) {
            // The journal or a listener failed: without them no epoch may be used.
            LOG.error("the network of {} has failed and closes", self(), e);
            close();
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private Optional<Epoch> reach() throws InterruptedException {
        try {
            return Optional.of(rendezvous.reach());
        } catch (LinkException e) {
            failed(e.failure());
            return Optional.empty();
        }
    }

    private void failed(LinkFailure failure) {
        LOG.info("{} has no epoch yet: {} {}", self(), failure.reason(), failure.where());
        synchronized (this) {
            if (closed) {
                return;
            }
            lastFailure = failure;
            notifyAll();
        }
        listeners.forEach(listener -> listener.connectionFailed(failure.abort()));
        if (refusesThisParty(failure)) {
            // It must not come back again and again: that would cost the others their epoch each time.
            close();
        }
    }

    private boolean refusesThisParty(LinkFailure failure) {
        return failure.reason() == Reason.JOURNAL_REFUSED && failure.peer() == self();
    }

    private void use(Epoch reached) throws InterruptedException {
        synchronized (this) {
            if (closed) {
                reached.fail(closedFailure());
                return;
            }
            epoch = reached;
            lastFailure = null;
            reached.start();
            notifyAll();
        }
        LOG.info("{} is in epoch {}", self(), reached.number());
        listeners.forEach(listener -> listener.epochStarted(reached.number()));
        LinkFailure cause = awaitEnd(reached);
        synchronized (this) {
            epoch = null;
            lastFailure = cause;
            notifyAll();
        }
        LOG.info("{} has lost epoch {}: {} {}", self(), reached.number(), cause.reason(), cause.where());
        listeners.forEach(listener -> listener.epochEnded(reached.number(), cause.abort()));
    }

    private static LinkFailure awaitEnd(Epoch reached) throws InterruptedException {
        try {
            return reached.awaitEnd();
        } catch (InterruptedException e) {
            reached.fail(closedFailure());
            throw e;
        }
    }
}
