package io.veilflow.pipeline.simulate;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.EpochLog;
import io.veilflow.mpc.session.JournalRefusedException;
import io.veilflow.mpc.session.MeasuredSession;
import io.veilflow.mpc.session.NetworkListener;
import io.veilflow.mpc.session.PartyNetwork;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import io.veilflow.mpc.session.SessionContext;
import io.veilflow.pipeline.encoding.Hashes;
import io.veilflow.pipeline.journal.JournalException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/** One party's end of the {@link SimulatedLinks}, in one run of its process. */
final class PartyLinks implements PartyNetwork {
    private final SimulatedLinks links;
    private final Schedule schedule;
    private final SimulatedProcess process;
    private final PartyId self;
    private final EpochLog log;
    private final Signal changed;
    private final Map<PartyId, Deque<byte[]>> control = new EnumMap<>(PartyId.class);
    private final Map<String, SimulatedInbox> inboxes = new HashMap<>();
    private final Set<String> opened = new HashSet<>();
    private final List<Frame> early = new ArrayList<>();
    private final List<NetworkListener> listeners = new ArrayList<>();
    private long lastEpoch;
    private Optional<EpochKeyring> keys = Optional.empty();
    private boolean open;
    private boolean taken;
    private Optional<ProtocolAbortException> refusal = Optional.empty();

    /**
     * A message on a link.
     *
     * @param session empty for a control message
     * @param place path and label; empty in a control message, and where the sender has closed the session
     */
    record Frame(PartyId from, long epoch, String session, String place, byte[] payload) {}

    PartyLinks(SimulatedLinks links, SimulatedProcess process, PartyId self, EpochLog log) {
        this.links = links;
        this.schedule = links.schedule();
        this.process = process;
        this.self = self;
        this.log = log;
        this.changed = new Signal(schedule);
    }

    @Override
    public PartyId self() {
        return self;
    }

    @Override
    public void start() {
        open = true;
        links.attach(this);
    }

    @Override
    public void close() {
        open = false;
        currentEpoch().ifPresent(this::lose);
        links.detach(this);
    }

    boolean isOpen() {
        return open && process.isAlive();
    }

    long largestEpoch() {
        return log.largestEpoch();
    }

    /** Shows to a peer what was kept of its journal, and hears its answer. */
    Optional<JournalRefusedException> compare(PartyLinks owner) {
        try {
            byte[] shown = log.heads().kept(owner.self);
            owner.log.heads().requireOwn(self, shown);
            log.heads().requireSame(owner.self, owner.log.heads().answer(shown));
        } catch (JournalRefusedException refused) {
            return Optional.of(refused);
        } catch (JournalException failed) {
            fail("compares journals");
        }
        return Optional.empty();
    }

    /** Whether the others have taken this party's journal: it is its journal from then on. */
    boolean isTaken() {
        return taken;
    }

    /** Somebody's journal is refused; if it is this party's, its links close for good. */
    void refuse(JournalRefusedException refused) {
        ProtocolAbortException cause = new ProtocolAbortException(
                Reason.JOURNAL_REFUSED,
                refused.owner(),
                "handshake: the journal of " + refused.owner() + " is refused: " + refused.getMessage());
        if (refused.owner() == self) {
            open = false;
            refusal = Optional.of(cause);
            changed.call();
        }
        tell(listener -> listener.connectionFailed(cause));
    }

    /** What this party states of its journal then; empty if the process ends over it. */
    Optional<byte[]> record(long epoch) {
        try {
            process.requireAlive();
            log.record(epoch);
            taken = true;
            return Optional.of(log.heads().statement(epoch));
        } catch (SimulatedCrash gone) {
            schedule.note(process.name(), "ends while it records epoch " + epoch);
        } catch (JournalException failed) {
            fail("records epoch " + epoch);
        }
        return Optional.empty();
    }

    /** What the two others state. False if the process ends over it. */
    boolean keep(long epoch, Map<PartyId, byte[]> statements) {
        try {
            process.requireAlive();
            for (PartyId peer : List.of(self.next(), self.previous())) {
                log.heads().keep(peer, epoch, statements.get(peer));
            }
            return true;
        } catch (SimulatedCrash gone) {
            schedule.note(process.name(), "ends while it keeps what the others state in epoch " + epoch);
        } catch (JournalException failed) {
            fail("keeps what the others state in epoch " + epoch);
        } catch (JournalRefusedException unsigned) {
            throw new IllegalStateException("honest parties state what is refused", unsigned);
        }
        return false;
    }

    /** The real links close for good over a journal that fails, and whoever watches the party starts it again. */
    private void fail(String where) {
        schedule.note(process.name(), "fails while it " + where);
        process.kill();
    }

    void enter(long epoch, EpochKeyring fresh) {
        lastEpoch = epoch;
        keys = Optional.of(fresh);
        schedule.note(process.name(), "is in epoch " + epoch);
        links.randomness().entered(self, epoch);
        List<Frame> waiting = List.copyOf(early);
        early.clear();
        waiting.forEach(this::arrived);
        changed.call();
        process.news().call();
        tell(listener -> listener.epochStarted(epoch));
    }

    /** The epoch has ended, if it is this one. */
    void lose(long epoch) {
        if (keys.isEmpty() || lastEpoch != epoch) {
            return;
        }
        keys = Optional.empty();
        schedule.note(process.name(), "has lost epoch " + epoch);
        control.clear();
        inboxes.values().forEach(SimulatedInbox::lose);
        inboxes.clear();
        opened.clear();
        changed.call();
        process.news().call();
        ProtocolAbortException cause = lost("the epoch has ended");
        tell(listener -> listener.epochEnded(epoch, cause));
        links.lost(this, epoch);
    }

    /** The process may be killed over what a listener does. */
    private void tell(Consumer<NetworkListener> news) {
        if (process.isAlive()) {
            try {
                listeners.forEach(news);
            } catch (SimulatedCrash killed) {
                schedule.note(process.name(), "ends while its links tell it of an epoch");
            }
        }
    }

    void arrived(Frame frame) {
        if (!isOpen()) {
            return;
        }
        boolean between = keys.isEmpty() && frame.epoch() > lastEpoch || frame.epoch() > lastEpoch;
        if (between) {
            early.add(frame);
        } else if (keys.isPresent() && frame.epoch() == lastEpoch) {
            if (frame.session().isEmpty()) {
                control.computeIfAbsent(frame.from(), peer -> new ArrayDeque<>())
                        .add(frame.payload());
                changed.call();
            } else {
                inbox(frame.session()).put(frame);
            }
        }
    }

    @Override
    public OptionalLong currentEpoch() {
        return keys.isPresent() ? OptionalLong.of(lastEpoch) : OptionalLong.empty();
    }

    @Override
    public long awaitEpoch(Duration timeout) {
        long end = schedule.now() + timeout.toNanos();
        while (keys.isEmpty()) {
            refusal.ifPresent(refused -> {
                throw refused;
            });
            if (schedule.now() >= end) {
                throw new ProtocolAbortException(Reason.TIMEOUT, null, "waiting for an epoch");
            }
            schedule.await(changed, 0, end - schedule.now());
        }
        return lastEpoch;
    }

    @Override
    public MeasuredSession openSession(SessionContext context, Profile profile) {
        EpochKeyring ring = keys.orElseThrow(() -> lost("there is no epoch"));
        byte[] name = Hashes.sha256Fields(
                "simulated session",
                new byte[] {(byte) context.kind().code()},
                ByteBuffer.allocate(Long.BYTES).putLong(context.id()).array(),
                ByteBuffer.allocate(Integer.BYTES).putInt(context.attempt()).array(),
                context.manifestRoot());
        String session = HexFormat.of().formatHex(name);
        if (!opened.add(session)) {
            throw new IllegalStateException("a context was opened twice in epoch " + lastEpoch);
        }
        links.randomness().opened(self, lastEpoch, session);
        schedule.note(
                process.name(),
                "opens " + context.kind().text() + " " + context.id() + ", attempt " + context.attempt() + ", epoch "
                        + lastEpoch);
        return new SimulatedSession(this, context, profile, ring, lastEpoch, name, inbox(session));
    }

    @Override
    public void sendControl(PartyId to, byte[] message) {
        process.operation("sends control to " + to);
        if (keys.isEmpty()) {
            throw lost("there is no epoch");
        }
        links.send(self, to, new Frame(self, lastEpoch, "", "", message.clone()));
    }

    @Override
    public Optional<byte[]> receiveControl(PartyId from, Duration timeout) {
        long end = schedule.now() + links.weather().late(timeout);
        while (true) {
            process.requireAlive();
            Deque<byte[]> waiting = control.get(from);
            if (waiting != null && !waiting.isEmpty()) {
                return Optional.of(waiting.remove());
            }
            if (schedule.now() >= end) {
                return Optional.empty();
            }
            schedule.await(changed, 0, end - schedule.now());
        }
    }

    @Override
    public void addListener(NetworkListener listener) {
        listeners.add(listener);
    }

    /** Of a session of the epoch. */
    void send(PartyId to, Frame frame) {
        process.operation("sends " + frame.place() + " to " + to);
        if (keys.isPresent() && lastEpoch == frame.epoch()) {
            links.send(self, to, frame);
        }
    }

    boolean isIn(long epoch) {
        return keys.isPresent() && lastEpoch == epoch;
    }

    /** A stream begins at its first index. */
    void drawsFrom(long epoch, int component, String context) {
        links.randomness().draws(self, epoch, component, context);
    }

    Schedule schedule() {
        return schedule;
    }

    SimulatedProcess process() {
        return process;
    }

    Duration receiveTimeout() {
        return links.weather().receiveTimeout();
    }

    private SimulatedInbox inbox(String session) {
        return inboxes.computeIfAbsent(session, first -> new SimulatedInbox(schedule));
    }

    private static ProtocolAbortException lost(String where) {
        return new ProtocolAbortException(Reason.PEER_LOST, null, where);
    }
}
