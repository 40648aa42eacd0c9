package io.veilflow.mpc.fair;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.ledger.Ledger;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.PrssStream;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import io.veilflow.mpc.session.Session;
import io.veilflow.mpc.session.SessionContext;
import io.veilflow.mpc.testing.Outcome;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Three parties open shared outputs in virtual time: one thread each, links that the cheater can end for all, a bulletin that
 * it cannot. Honest words take a random time below the largest delay; honest clocks differ within the skew.
 */
final class FairWorld {
    static final FairLimits LIMITS = new FairLimits(Duration.ofMillis(10), Duration.ofMillis(2));
    static final long LARGEST_DELAY = LIMITS.largestDelay().toMillis();

    private static final long LINK_PATIENCE = 500;
    /** A reader looks once in a millisecond. */
    private static final int HONEST_DELAY_MAX = (int) LARGEST_DELAY - 1;

    static final SessionContext CONTEXT =
            new SessionContext(new byte[32], SessionContext.Kind.WINDOW, 5, new byte[32], 2, new byte[32]);

    private record Sent(String label, byte[] payload, long arrives) {}

    private record Posted(FairMessage message, long readable) {}

    private final PartyId cheater;
    private final FairCheat cheat;
    private final Random random;
    private final VirtualTime time = new VirtualTime(3);
    private final List<long[]> components = new ArrayList<>();
    private final Map<String, Deque<Sent>> links = new HashMap<>();
    private final Map<String, List<Posted>> postings = new HashMap<>();
    private final Map<PartyId, Long> skew = new EnumMap<>(PartyId.class);
    private final Map<PartyId, List<String>> journals = new EnumMap<>(PartyId.class);
    private final boolean[] left = new boolean[3];
    private boolean linksEnded;
    private boolean honestComponentSeen;
    private int steps;

    FairWorld(PartyId cheater, FairCheat cheat, long seed) {
        this.cheater = cheater;
        this.cheat = cheat;
        this.random = new Random(seed);
        for (PartyId party : PartyId.values()) {
            skew.put(party, (long) random.nextInt((int) LIMITS.clockSkew().toMillis() + 1));
            journals.put(party, new ArrayList<>());
            long[] component = new long[0];
            for (int k = 0; k < 3; k++) {
                long[] element = PrimeField.FR.element(random.nextLong() >>> 1);
                int at = component.length;
                component = Arrays.copyOf(component, at + element.length);
                System.arraycopy(element, 0, component, at, element.length);
            }
            components.add(component);
        }
    }

    /** The party's clock is wrong by more than clocks may be. */
    void setClock(PartyId party, long millisWrong) {
        skew.put(party, millisWrong);
    }

    /** What every honest party must get, or none. */
    long[] outputs() {
        return PrimeField.FR.add(PrimeField.FR.add(components.get(0), components.get(1)), components.get(2));
    }

    /** Whether an honest party has posted its components: then the cheater knows the outputs. */
    boolean honestComponentSeen() {
        synchronized (time) {
            return honestComponentSeen;
        }
    }

    /** What the party has journalled and posted, in order. */
    List<String> journal(PartyId party) {
        synchronized (time) {
            return List.copyOf(journals.get(party));
        }
    }

    List<Outcome<long[]>> run(ExecutorService threads) throws InterruptedException {
        List<Future<long[]>> running = new ArrayList<>();
        for (PartyId party : PartyId.values()) {
            running.add(threads.submit(party(party)));
        }
        List<Outcome<long[]>> outcomes = new ArrayList<>();
        for (PartyId party : PartyId.values()) {
            try {
                outcomes.add(new Outcome<>(party, running.get(party.index()).get(), null));
            } catch (ExecutionException e) {
                outcomes.add(new Outcome<>(party, null, e.getCause()));
            }
        }
        return outcomes;
    }

    private Callable<long[]> party(PartyId self) {
        return () -> {
            try {
                FairPorts ports = new FairPorts(
                        new TestSignatures(self), new Bulletin(self), new Journal(self), new Clock(self), LIMITS);
                return new FairOpening(new Party(self), "outputs", ports).open(shares(self));
            } finally {
                synchronized (time) {
                    left[self.index()] = true;
                }
                time.leave();
            }
        };
    }

    private ElementShares shares(PartyId self) {
        long[] own = components.get(self.index()).clone();
        long[] next = components.get(self.next().index()).clone();
        if (self == cheater && cheat.changesItsComponent()) {
            own[0] ^= 1;
        }
        return new ElementShares(PrimeField.FR, 3, own, next);
    }

    private static String way(PartyId from, PartyId to) {
        return from + ">" + to;
    }

    private void beforeStep(PartyId self) {
        synchronized (time) {
            if (self == cheater && cheat.killsLinksBefore(steps++)) {
                linksEnded = true;
            }
        }
    }

    private long honestDelay() {
        synchronized (time) {
            return random.nextInt(HONEST_DELAY_MAX + 1);
        }
    }

    private final class Clock implements FairClock {
        private final PartyId self;

        Clock(PartyId self) {
            this.self = self;
        }

        @Override
        public long millis() {
            return time.now() + skew.get(self);
        }

        @Override
        public void pause(long millis) throws InterruptedException {
            time.await(() -> VirtualTime.NEVER, time.now() + millis);
        }
    }

    private final class Journal implements OpeningJournal {
        private final PartyId self;

        Journal(PartyId self) {
            this.self = self;
        }

        @Override
        public void ready(FairMessage.Ready ready) {
            note("journal READY");
        }

        @Override
        public void going() {
            note("journal GO");
        }

        @Override
        public void aborted() {
            note("journal ABORT");
        }

        private void note(String entry) {
            synchronized (time) {
                journals.get(self).add(entry);
            }
        }
    }

    private final class Bulletin implements OpeningBulletin {
        private final PartyId self;
        private final Map<PartyId, Integer> read = new EnumMap<>(PartyId.class);

        Bulletin(PartyId self) {
            this.self = self;
        }

        @Override
        public void post(FairMessage message) {
            beforeStep(self);
            for (PartyId to : new PartyId[] {self.next(), self.previous()}) {
                Optional<FairCheat.Delivery> delivery = self == cheater
                        ? cheat.onBulletin(to, message)
                        : Optional.of(new FairCheat.Delivery(message, to == cheater ? 0 : honestDelay()));
                synchronized (time) {
                    List<Posted> log = postings.computeIfAbsent(way(self, to), way -> new ArrayList<>());
                    for (int k = 0; self == cheater && k < cheat.noise(); k++) {
                        log.add(new Posted(new FairMessage.Echo(self, new byte[64], new byte[64]), time.now()));
                    }
                    delivery.ifPresent(one -> log.add(new Posted(one.message(), time.now() + one.delay())));
                }
            }
            synchronized (time) {
                journals.get(self).add(message.getClass().getSimpleName());
                honestComponentSeen |= self != cheater && message instanceof FairMessage.Opened;
            }
            time.changed();
        }

        @Override
        public List<FairMessage> read(PartyId peer) {
            synchronized (time) {
                List<Posted> log = postings.getOrDefault(way(peer, self), List.of());
                List<FairMessage> out = new ArrayList<>();
                int at = read.getOrDefault(peer, 0);
                while (at < log.size() && log.get(at).readable() <= time.now()) {
                    out.add(log.get(at++).message());
                }
                read.put(peer, at);
                return out;
            }
        }
    }

    private final class Party implements Session, Operation {
        private final PartyId self;
        private final Ledger ledger = Ledger.recording();

        Party(PartyId self) {
            this.self = self;
        }

        @Override
        public PartyId self() {
            return self;
        }

        @Override
        public SessionContext context() {
            return CONTEXT;
        }

        @Override
        public Profile profile() {
            return Profile.M;
        }

        @Override
        public Operation operation(String path) {
            return this;
        }

        @Override
        public String path() {
            return "outputs";
        }

        @Override
        public Ledger ledger() {
            return ledger;
        }

        @Override
        public byte[] epoch() {
            return new byte[] {1};
        }

        @Override
        public PrssStream stream(int component, String purpose) {
            return new PrssStream(Arrays.copyOf(digest("stream" + component + purpose), PrssStream.KEY_BYTES));
        }

        @Override
        public void send(PartyId to, String label, byte[] payload) {
            beforeStep(self);
            Optional<byte[]> arriving = self == cheater ? cheat.onLink(to, label, payload) : Optional.of(payload);
            synchronized (time) {
                if (linksEnded) {
                    throw new ProtocolAbortException(Reason.PEER_LOST, null, label);
                }
                long arrives = time.now() + (self == cheater ? 0 : random.nextInt(HONEST_DELAY_MAX + 1));
                arriving.ifPresent(bytes -> links.computeIfAbsent(way(self, to), way -> new ArrayDeque<>())
                        .add(new Sent(label, bytes, arrives)));
            }
            time.changed();
        }

        @Override
        public byte[] receive(PartyId from, String label, int length) {
            try {
                boolean there = time.await(() -> eventAt(from), time.now() + LINK_PATIENCE);
                synchronized (time) {
                    Sent sent = links.getOrDefault(way(from, self), new ArrayDeque<>())
                            .poll();
                    if (!there || linksEnded || sent == null) {
                        throw new ProtocolAbortException(there ? Reason.PEER_LOST : Reason.TIMEOUT, from, label);
                    }
                    if (!sent.label().equals(label)) {
                        throw new ProtocolAbortException(Reason.UNEXPECTED_MESSAGE, from, label);
                    }
                    if (sent.payload().length != length) {
                        throw new ProtocolAbortException(Reason.LENGTH, from, label);
                    }
                    return sent.payload();
                }
            } catch (InterruptedException e) {
                throw new ProtocolAbortException(Reason.TIMEOUT, from, label);
            }
        }

        /** When there is something to read, or nothing ever will be. */
        private long eventAt(PartyId from) {
            synchronized (time) {
                Sent sent =
                        links.getOrDefault(way(from, self), new ArrayDeque<>()).peek();
                if (linksEnded || sent == null && left[from.index()]) {
                    return time.now();
                }
                return sent == null ? VirtualTime.NEVER : sent.arrives();
            }
        }

        @Override
        public void close() {}
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Signatures as unforgeable facts: a keyed hash that only its signer's object makes. */
    static final class TestSignatures implements PartySignatures {
        private final PartyId self;

        TestSignatures(PartyId self) {
            this.self = self;
        }

        @Override
        public byte[] sign(byte[] message) {
            return tag(self, message);
        }

        @Override
        public boolean verify(PartyId signer, byte[] message, byte[] signature) {
            return Arrays.equals(tag(signer, message), signature);
        }

        private static byte[] tag(PartyId signer, byte[] message) {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-512");
                digest.update((byte) signer.index());
                return digest.digest(message);
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }
    }
}
