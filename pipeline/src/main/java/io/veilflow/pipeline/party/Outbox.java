package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.veilflow.pipeline.account.StandingPosts;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.journal.JournalEntry;
import io.veilflow.pipeline.post.AttestedPost;
import io.veilflow.pipeline.post.Chain;
import io.veilflow.pipeline.post.Post;
import io.veilflow.pipeline.post.PostReceipt;
import io.veilflow.pipeline.post.PostTimer;
import io.veilflow.pipeline.post.Poster;
import io.veilflow.pipeline.post.PostingDuty;
import io.veilflow.pipeline.post.RotationPost;
import io.veilflow.pipeline.post.SkipPost;
import io.veilflow.pipeline.post.WindowPost;
import io.veilflow.pipeline.sign.Assurance;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.WindowPosted;
import io.veilflow.zk.commitment.G1Point;
import io.veilflow.zk.verify.Proof;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the group has signed, on its way to the chain: proven windows, attested ones, skips. A window is open from its signature until
 * the chain holds it, whoever sent the transaction; then this party journals and posts that on the board, and reports the
 * window's figures. Thread-safe.
 */
final class Outbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final Duration SETTLE = Duration.ofSeconds(120);
    /** Number in the journal of the transaction of a skip; that of a result has the code of its assurance. */
    private static final int SKIPPED = 0;

    private final JobTerms terms;
    private final JournalledLog own;
    private final EventLog events;
    private final PartyClock clock;
    private final Patience patience;
    private final ScheduledExecutorService thread;
    private final Poster poster;
    private final StandingPosts standing;
    private final PartyEngine engine;
    private final Map<Post, Waiting> open = new ConcurrentHashMap<>();
    private final Set<Long> provenWindows = ConcurrentHashMap.newKeySet();

    /**
     * @param standing is told of what is on its way
     * @param engine says which proofs hold
     * @param thread ended by this
     */
    Outbox(
            JobTerms terms,
            Chain chain,
            PostingDuty duty,
            JournalledLog own,
            EventLog events,
            PartyClock clock,
            Patience patience,
            StandingPosts standing,
            PartyEngine engine,
            ScheduledExecutorService thread) {
        this.terms = terms;
        this.standing = standing;
        this.engine = engine;
        this.own = own;
        this.events = events;
        this.clock = clock;
        this.patience = patience;
        this.thread = thread;
        this.poster = new Poster(chain, duty, PostTimer.on(thread), () -> Instant.ofEpochMilli(clock.millis()));
    }

    /**
     * Something signed on its way.
     *
     * @param sinceNanos when it was signed
     * @param settled what to do once the chain holds it
     */
    private record Waiting(Post post, long sinceNanos, Consumer<PostReceipt> settled) {}

    /** Whether this party knew before a restart that the chain holds the proven window, and has said so everywhere. */
    boolean hasSettled(long window) {
        return transaction(window, Assurance.PROVEN).filter(own::hasPosted).isPresent();
    }

    /** The window is signed and belongs on the chain. What was there before a restart is not asked for again. */
    void add(StageTimes.Open window) {
        SignedWindow signed = window.signed();
        if (transaction(signed.window(), signed.message().assurance())
                .filter(own::hasPosted)
                .isPresent()) {
            return;
        }
        Post post = post(window.signed());
        if (window.signed().message().assurance() == Assurance.PROVEN) {
            provenWindows.add(window.signed().window());
        }
        standing.add(post, proof -> proves(window.signed(), proof));
        open.put(post, new Waiting(post, clock.nanos(), receipt -> windowSettled(window, receipt)));
    }

    private boolean proves(SignedWindow window, ByteString proof) {
        G1Point commitment = G1Point.ofChecked(window.message().commitment().toByteArray());
        return engine.holds(window.result().statement(), Proof.of(proof.toByteArray()), commitment);
    }

    /** The skip is signed and belongs on the chain. */
    void add(SignedSkip skip) {
        if (own.journalled(JournalEntry.Type.TRANSACTION, unit(skip), SKIPPED).isPresent()) {
            return;
        }
        Post post = new SkipPost(skip.message(), skip.signature());
        standing.add(post, proof -> false);
        open.put(post, new Waiting(post, clock.nanos(), receipt -> skipSettled(skip, receipt)));
    }

    /** Posts a new result key, which waits for no window. */
    void post(RotationPost rotation) {
        standing.add(rotation, proof -> false);
        poster.submit(rotation).whenComplete((receipt, failure) -> {
            standing.remove(rotation);
            if (failure == null) {
                LOG.info("the {} is on the chain, {} gas", rotation.message().title(), receipt.gas());
            } else {
                LOG.error("the {} is not on the chain: {}", rotation.message().title(), failure.getMessage());
            }
        });
    }

    /** Windows that are signed and not on the chain. */
    int openWindows() {
        return (int) open.keySet().stream().map(Post::window).distinct().count();
    }

    /** When the posts that are not on the chain were signed. */
    List<Long> openNanos() {
        return open.values().stream().map(Waiting::sinceNanos).toList();
    }

    /** Posts what was added for a window; calling again changes nothing. */
    CompletableFuture<Void> post(long window) {
        return all(open.values().stream()
                .filter(waiting -> waiting.post().window() == window)
                .toList());
    }

    /** The job goes no further here, and nobody may be left who asks for {@link #post}: posts everything, and waits for it a while. */
    void settle() {
        CompletableFuture<Void> all = all(List.copyOf(open.values()));
        try {
            patience.await(SETTLE, "the chain", () -> all.isDone() ? Optional.of(all) : Optional.empty());
        } catch (JobHeldException | PartyStoppedException impatient) {
            LOG.warn("not everything that is signed came to the chain: {}", impatient.getMessage());
        }
        if (all.isCompletedExceptionally()) {
            LOG.warn("not everything that is signed will come to the chain");
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private CompletableFuture<Void> all(List<Waiting> waiting) {
        return CompletableFuture.allOf(waiting.stream().map(this::submit).toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<Void> submit(Waiting waiting) {
        return poster.submit(waiting.post()).thenAccept(receipt -> {
            // once, however often it was submitted
            if (open.remove(waiting.post(), waiting)) {
                standing.remove(waiting.post());
                waiting.settled().accept(receipt);
            }
        });
    }

    private static Post post(SignedWindow signed) {
        return signed.result()
                .proof()
                .<Post>map(proof -> new WindowPost(signed.message(), proof, signed.signature()))
                .orElseGet(() -> new AttestedPost(signed.message(), signed.signature()));
    }

    /** On the poster's thread. */
    private void windowSettled(StageTimes.Open window, PostReceipt receipt) {
        long number = window.signed().window();
        boolean proven = window.signed().message().assurance() == Assurance.PROVEN;
        if (!proven && provenWindows.contains(number)) {
            // the proof was faster, or takes the attested result's place now: it reports the window
            return;
        }
        long now = clock.nanos();
        Assurance assurance = window.signed().message().assurance();
        Payload posted = transaction(number, assurance).orElseGet(() -> Payload.newBuilder()
                .setWindowPosted(WindowPosted.newBuilder()
                        .setWindow(number)
                        .setTransaction(receipt.transaction())
                        .setGas(receipt.gas())
                        .setAssurance(assurance.code()))
                .build());
        own.note(
                JournalEntry.Type.TRANSACTION,
                UnitId.window(number),
                assurance.code(),
                posted.getWindowPosted().toByteString());
        events.window(report(window, receipt, now));
        own.publish(posted);
        LOG.info("{} is on the chain, {} gas", window.signed().message().title(), receipt.gas());
    }

    /** On the poster's thread. */
    private void skipSettled(SignedSkip skip, PostReceipt receipt) {
        own.note(JournalEntry.Type.TRANSACTION, unit(skip), SKIPPED, receipt.transaction());
        LOG.info("the {} is on the chain, {} gas", skip.message().title(), receipt.gas());
    }

    private static UnitId unit(SignedSkip skip) {
        return UnitId.window(skip.message().firstWindow());
    }

    /** The record of a transaction that this party journalled. */
    private Optional<Payload> transaction(long window, Assurance assurance) {
        return own.journalled(JournalEntry.Type.TRANSACTION, UnitId.window(window), assurance.code())
                .map(Outbox::read);
    }

    private static Payload read(ByteString journalled) {
        try {
            return Payload.newBuilder()
                    .setWindowPosted(WindowPosted.parseFrom(journalled))
                    .build();
        } catch (InvalidProtocolBufferException malformed) {
            throw new IllegalStateException("a transaction was journalled that is none", malformed);
        }
    }

    private WindowReport report(StageTimes.Open window, PostReceipt receipt, long now) {
        SignedWindow signed = window.signed();
        HexFormat hex = HexFormat.of();
        return new WindowReport(
                WindowReport.EVENT,
                terms.definition().name(),
                signed.window(),
                signed.result().results(terms.rule()).values(),
                signed.message().assurance().name().toLowerCase(Locale.ROOT),
                terms.definition().profile().name(),
                signed.rooted().manifest().getEntriesCount(),
                window.rejected(),
                "0x" + hex.formatHex(signed.rooted().root().toByteArray()),
                "0x" + hex.formatHex(receipt.transaction().toByteArray()),
                receipt.gas(),
                new WindowReport.Millis(
                        window.admitMillis(),
                        window.sealMillis(),
                        signed.result().evaluateMillis(),
                        signed.result().proveMillis(),
                        StageTimes.millis(window.readyNanos(), now),
                        StageTimes.millis(window.closedNanos(), now)));
    }
}
