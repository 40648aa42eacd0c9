package io.veilflow.mpc.testing;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.PrssContext;
import io.veilflow.mpc.randomness.PrssKey;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.Session;
import io.veilflow.mpc.session.SessionContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * The three parties as threads of one JVM, joined by memory channels. Each {@link #run} is a session of its own that runs
 * the same program at all three; every message is recorded and may be tampered with, and one party may be corrupted. Waiting
 * costs no time: see {@link MemoryNetwork}.
 *
 * <p>Round numbers are causal depths, so the largest is the number of message delays of the run.
 */
public final class ThreePartyWorld {
    /** Of real time: no run takes so long unless a party hangs, also on a machine that is busy with other things. */
    private static final long LIMIT_SECONDS = 300;

    private final SessionContext context;
    private final Profile profile;
    private final ContextKeys keys;
    private final Tamper tamper;
    private final PartyId corrupted;
    private final Corruption corruption;
    private final ExecutorService threads;
    private List<Message> messages = List.of();

    private ThreePartyWorld(
            SessionContext context,
            Profile profile,
            ContextKeys keys,
            Tamper tamper,
            PartyId corrupted,
            Corruption corruption,
            ExecutorService threads) {
        this.context = context;
        this.profile = profile;
        this.keys = keys;
        this.tamper = tamper;
        this.corrupted = corrupted;
        this.corruption = corruption;
        this.threads = threads;
    }

    /** PRSS keys and session context drawn from a test seed. */
    public static ThreePartyWorld seeded(long seed) {
        Random random = new Random(seed);
        SessionContext context =
                new SessionContext(bytes(random), SessionContext.Kind.WINDOW, 7, bytes(random), 1, bytes(random));
        List<byte[]> keys = List.of(bytes(random), bytes(random), bytes(random));
        ContextKeys derived = (key, path, purpose) -> {
            try (PrssKey prss = new PrssKey(keys.get(key))) {
                return prss.contextKey(PrssContext.of(context, path, purpose));
            }
        };
        return new ThreePartyWorld(context, Profile.S, derived, Tamper.NONE, null, null, idleThreads());
    }

    /** Threads that are used again from run to run and end by themselves. */
    private static ExecutorService idleThreads() {
        return new ThreadPoolExecutor(0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, "party");
            thread.setDaemon(true);
            return thread;
        });
    }

    private static byte[] bytes(Random random) {
        byte[] out = new byte[32];
        random.nextBytes(out);
        return out;
    }

    /** The same world with K_ctx given directly, as test vectors list them. */
    public ThreePartyWorld withContextKeys(ContextKeys other) {
        return new ThreePartyWorld(context, profile, other, tamper, corrupted, corruption, threads);
    }

    public ThreePartyWorld withTamper(Tamper other) {
        return new ThreePartyWorld(context, profile, keys, other, corrupted, corruption, threads);
    }

    public ThreePartyWorld withProfile(Profile other) {
        return new ThreePartyWorld(context, other, keys, tamper, corrupted, corruption, threads);
    }

    /** One party that deviates; its outcome means nothing. */
    public ThreePartyWorld withCorrupted(PartyId party, Corruption how) {
        return new ThreePartyWorld(context, profile, keys, tamper, party, how, threads);
    }

    public SessionContext context() {
        return context;
    }

    /** Runs the program at all three; index i is P_i's result. Fails the test if any party fails. */
    public <T> List<T> run(Function<Session, T> program) {
        List<T> results = new ArrayList<>();
        List<Outcome<T>> outcomes = attempt(program);
        for (Outcome<T> outcome : outcomes) {
            if (outcome.failed()) {
                throw new AssertionError("a party failed", firstCause(outcomes));
            }
            results.add(outcome.result());
        }
        return results;
    }

    /** A lost peer is the consequence of another party's failure, so anything else comes first. */
    private static <T> Throwable firstCause(List<Outcome<T>> outcomes) {
        Throwable first = null;
        for (Outcome<T> outcome : outcomes) {
            boolean consequence = outcome.failure() instanceof ProtocolAbortException abort
                    && abort.reason() == ProtocolAbortException.Reason.PEER_LOST;
            if (outcome.failed() && (first == null || !consequence)) {
                first = outcome.failure();
            }
        }
        return first;
    }

    /** Runs the program at all three and tells how each ended. */
    public <T> List<Outcome<T>> attempt(Function<Session, T> program) {
        MemoryNetwork network = new MemoryNetwork(tamper, corrupted);
        List<Future<T>> running = new ArrayList<>();
        for (PartyId party : PartyId.values()) {
            running.add(threads.submit(() -> runOne(party, network, program)));
        }
        List<Outcome<T>> outcomes = new ArrayList<>();
        for (PartyId party : PartyId.values()) {
            outcomes.add(await(party, running.get(party.index())));
        }
        messages = network.messages();
        return outcomes;
    }

    private <T> T runOne(PartyId party, MemoryNetwork network, Function<Session, T> program) {
        try (TimedSession honest = new MemorySession(party, context, profile, network, keys)) {
            return program.apply(
                    party == corrupted
                            ? corruption.corrupt(honest, (to, hold) -> network.hold(party, to, hold))
                            : honest);
        } finally {
            network.leave(party);
        }
    }

    private static <T> Outcome<T> await(PartyId party, Future<T> running) {
        try {
            return new Outcome<>(party, running.get(LIMIT_SECONDS, TimeUnit.SECONDS), null);
        } catch (ExecutionException e) {
            return new Outcome<>(party, null, e.getCause());
        } catch (TimeoutException e) {
            running.cancel(true);
            return new Outcome<>(party, null, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome<>(party, null, e);
        }
    }

    /** Every message of the last run, in the order in which they were sent. */
    public List<Message> messages() {
        return messages;
    }

    /** Message delays of the last run. */
    public int rounds() {
        return messages.stream().mapToInt(Message::round).max().orElse(0);
    }

    /** Bytes that one party sent in the last run. */
    public long bytesSentBy(PartyId party) {
        return messages.stream()
                .filter(message -> message.from() == party)
                .mapToLong(message -> message.payload().length)
                .sum();
    }
}
