package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.threshold.KeyShare;
import io.veilflow.mpc.transport.LinkLimits;
import io.veilflow.pipeline.account.StandingPosts;
import io.veilflow.pipeline.admit.BookStore;
import io.veilflow.pipeline.admit.ForwardedSeal;
import io.veilflow.pipeline.admit.SubmissionOpener;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.journal.JournalHead;
import io.veilflow.pipeline.key.KeyPurpose;
import io.veilflow.pipeline.open.FormerOpenings;
import io.veilflow.pipeline.open.OpeningDecisions;
import io.veilflow.pipeline.open.OutputOpener;
import io.veilflow.pipeline.open.WindowOpening;
import io.veilflow.pipeline.post.Post;
import io.veilflow.pipeline.post.PostingDuty;
import io.veilflow.pipeline.post.RotationPost;
import io.veilflow.pipeline.service.OperatorLogs;
import io.veilflow.pipeline.service.SigningService;
import io.veilflow.pipeline.service.SigningTerms;
import io.veilflow.pipeline.sign.GroupSigner;
import io.veilflow.pipeline.sign.GroupStatement;
import io.veilflow.pipeline.sign.RotationMessage;
import io.veilflow.pipeline.sign.SigningBoard;
import io.veilflow.pipeline.window.Admissions;
import io.veilflow.pipeline.window.Manifests;
import io.veilflow.pipeline.wire.EncryptionKey;
import io.veilflow.pipeline.wire.Payload;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One party: puts its parts together, runs the driver's thread, and is what Flink, a simulator or a test feeds. What it was
 * given ({@link PartyPorts}) stays the caller's, the network included.
 */
public final class PartyCore implements PartyIngress, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PartyCore.class);
    private static final int OPENING_THREADS = 2;
    private static final Duration POST_RETRY = Duration.ofMillis(200);
    private static final long STOP_MILLIS = 10_000;
    private static final long STOP_LOOK_MILLIS = 2;
    private static final long LOOK_MILLIS = 1_000;
    private static final Duration LONGEST_PAUSE = LinkLimits.defaults().silence();

    private final PartyPorts ports;
    private final BookStore books = new BookStore();
    private final JournalledLog own;
    private final Openings openings;
    private final Intake intake;
    private final Outbox outbox;
    private final SigningBoard signingBoard;
    private final ResultKeys resultKeys;
    private final Progress progress;
    private final Patience patience;
    private final UnitDriver driver;
    private final SideDuty signingDuty;
    private final SideDuty pauses;
    private final Optional<GroupPayment> groupPayment;
    private final Thread thread;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    private final Map<Long, WindowOutcome> unacknowledged = new LinkedHashMap<>();
    private Consumer<WindowOutcome> receiver = outcome -> {};

    /**
     * @param given stays the caller's
     * @throws io.veilflow.pipeline.journal.JournalException if the journal is older than what this party has posted
     */
    public PartyCore(PartyPorts given, PartyLimits limits) {
        this.progress = new Progress(given.clock());
        this.patience = new Patience(given.clock(), progress::turned);
        PartyId self = given.network().self();
        JobTerms terms = given.terms();
        String writer = EnrolledParty.writer(self);
        JournalCheck.requireAsNew(given.records(), given.journal(), given.board(), writer);
        OwnRecords before = OwnRecords.read(given.records(), given.board(), writer);
        PauseGuard guard = new PauseGuard(given.clock(), LONGEST_PAUSE, patience, limits.epoch(), !before.isEmpty());
        this.ports = given.with(guard.guarded(given.log()));
        this.openings = new Openings(
                new SubmissionOpener(self, terms, ports.decryptionKey(), ports.commitments()),
                books,
                ports.threads().workers("party-opening", OPENING_THREADS));
        this.intake = new Intake(terms, openings, before, ports.events(), ports.clock());
        this.own = new JournalledLog(ports.journal(), ports.log(), before);
        StandingPosts standing = new StandingPosts();
        this.groupPayment =
                ports.groupAccount().map(account -> new GroupPayment(ports, account, standing, this::keyOf, limits));
        this.outbox = new Outbox(
                terms,
                groupPayment.map(GroupPayment::chain).orElse(ports.chain()),
                new PostingDuty(self, limits.posterTurn(), POST_RETRY, ports.random()),
                own,
                ports.events(),
                ports.clock(),
                patience,
                standing,
                ports.engine(),
                ports.threads().timer("party-poster"));
        this.signingBoard = new SigningBoard(ports.records(), ports.board());
        OperatorLogs operators = new OperatorLogs(terms.definition(), ports.board());
        List<GroupSigner> resultSigners = ports.resultShares().stream()
                .map(share -> signer(KeyPurpose.RESULT, share))
                .toList();
        this.resultKeys = new ResultKeys(
                terms, operators, resultSigners, outbox::openWindows, ports.chain(), patience, before.lastWindow());
        this.driver = driver(limits);
        SigningService signing = new SigningService(
                new SigningTerms(terms),
                operators,
                ports.signShare().map(share -> signer(KeyPurpose.SIGN, share)),
                resultKeys,
                own::publish,
                ports.signingAudit(),
                this::groupSigned);
        this.signingDuty = new SideDuty("party-signing", signing::step, signing::close, ports.threads());
        this.pauses = new SideDuty("party-pauses", guard::look, () -> {}, LOOK_MILLIS, ports.threads());
        this.thread = ports.threads().thread("party-driver", this::live);
        ports.network().addListener(guard);
        ports.network().addListener(new JournalRefusals(self, ports.events(), patience));
    }

    /**
     * Publishes this party's encryption key and begins with the first unit. The caller has started the network; best when all
     * three are connected, so that a party which is set up differently leaves nothing on the board.
     */
    public void start() {
        EncryptionKey key = EncryptionKey.newBuilder()
                .setPublicKey(ports.decryptionKey().publicKey().bytes())
                .build();
        own.publish(Payload.newBuilder().setEncryptionKey(key).build());
        thread.start();
        pauses.start();
        signingDuty.start();
        groupPayment.ifPresent(GroupPayment::start);
    }

    /** Why this party goes no further, if it does not: the job holds, or journal or board failed. */
    public Optional<Throwable> failure() {
        return done.isCompletedExceptionally()
                ? Optional.of(done.handle((nothing, failure) -> failure).join())
                : Optional.empty();
    }

    /** What can be told of this party at this moment. */
    public PartyView view() {
        Progress.Place place = progress.place();
        return new PartyView(
                place.stage(),
                place.unit().map(UnitId::toString),
                millisSince(place.sinceNanos()),
                millisSince(progress.turnedNanos()),
                progress.last(),
                lag(),
                failure().filter(end -> !(end instanceof PartyStoppedException)).map(PartyCore::publicReason));
    }

    private PartyView.Lag lag() {
        OptionalLong ticked = intake.tickedNanos();
        List<Long> windows = intake.closingNanos();
        List<Long> posts = outbox.openNanos();
        return new PartyView.Lag(
                ticked.isPresent() ? Optional.of(millisSince(ticked.getAsLong())) : Optional.empty(),
                Math.max(0, intake.offeredRecords() - progress.decided()),
                windows.size(),
                oldestMillis(windows),
                posts.size(),
                oldestMillis(posts));
    }

    private long oldestMillis(List<Long> nanos) {
        return nanos.stream().mapToLong(this::millisSince).max().orElse(0);
    }

    private long millisSince(long nanos) {
        return Math.max(0, StageTimes.millis(nanos, ports.clock().nanos()));
    }

    /** A hold says itself why, in public terms. Of a fault only its kind is shown: its message may name paths and addresses. */
    private static String publicReason(Throwable failure) {
        return failure instanceof JobHeldException
                ? String.valueOf(failure.getMessage())
                : "a fault of kind " + failure.getClass().getSimpleName() + "; the log says more";
    }

    /** Whether this party has posted nothing before. One that has goes on from what the board says, connected or not. */
    public boolean isFirstStart() {
        return own.isFirstStart();
    }

    @Override
    public void offer(CheckedEntry entry) {
        intake.offer(entry);
    }

    @Override
    public void attach(Consumer<WindowOutcome> outcomes, Consumer<Throwable> held) {
        synchronized (unacknowledged) {
            receiver = outcomes;
            unacknowledged.values().forEach(receiver);
        }
        done.whenComplete((nothing, failure) -> {
            if (failure != null) {
                held.accept(failure);
            }
        });
    }

    @Override
    public JournalHead journalHead() {
        return ports.journal().head();
    }

    @Override
    public void requireJournalled(JournalHead head) {
        JournalCheck.requireReached(ports.journal(), head);
    }

    @Override
    public CompletableFuture<Void> drain() {
        intake.end();
        return done.copy();
    }

    @Override
    public CompletableFuture<Void> publish(WindowOutcome outcome) {
        synchronized (unacknowledged) {
            unacknowledged.remove(outcome.window());
        }
        return outbox.post(outcome.window());
    }

    /**
     * Asks this party to stop where it next waits; a session that is under way and an opening come to their end before that. Returns at
     * once, and nobody is told that the job holds: {@link #failure} is a {@link PartyStoppedException} then.
     */
    public void park() {
        patience.end(PartyStoppedException::new);
    }

    /** Stops: parked if that is soon, else where it is. Shares are wiped; what is journalled and posted stays. */
    @Override
    public void close() {
        park();
        try {
            awaitEnd();
            // the last resort: it closes the file that the thread is writing
            thread.interrupt();
            thread.join(STOP_MILLIS);
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
        signingDuty.close();
        pauses.close();
        openings.close();
        outbox.close();
        groupPayment.ifPresent(GroupPayment::close);
        books.close();
    }

    /** Waits by the party's own clock: in a simulation the driver goes on only while this waits. */
    private void awaitEnd() throws InterruptedException {
        Deadline deadline = new Deadline(ports.clock(), Duration.ofMillis(STOP_MILLIS));
        while (thread.getState() != Thread.State.NEW && !done.isDone() && !deadline.passed()) {
            ports.clock().pause(STOP_LOOK_MILLIS);
        }
    }

    /** The key under which a post of this party's engine stands: a rotation is signed with the key before it. */
    private byte[] keyOf(Post post) {
        return resultKeys
                .signerOf(post instanceof RotationPost ? post.window() - 1 : post.window())
                .groupPoint();
    }

    private GroupSigner signer(KeyPurpose purpose, KeyShare share) {
        return new GroupSigner(purpose, share, signingBoard, ports.log(), this::wrongShare, ports.random());
    }

    private UnitDriver driver(PartyLimits limits) {
        JobTerms terms = ports.terms();
        PartyLogs logs = new PartyLogs(terms, ports.records(), ports.board());
        Admissions admissions = new Admissions(terms, intake);
        Manifests manifests = new Manifests(terms, intake);
        Sealer sealer = new Sealer(logs, own, patience, limits.agreement());
        AttemptControl control = new AttemptControl(ports.network(), ports.journal(), limits, ports.clock(), patience);
        AttemptFailures failures =
                new AttemptFailures(limits.failures().failedChecks(), ports.journal(), ports.events());
        AttemptLoop attempts = new AttemptLoop(
                ports.network(), control, terms, limits.failures().attempts(), failures, ports.transcripts());
        ForwardedSeal forwarded = new ForwardedSeal(ports.decryptionKey());
        DisputeStep disputes = new DisputeStep(terms, intake, openings, books, sealer, attempts, logs, own, forwarded);
        OpeningDecisions decisions = new OpeningDecisions();
        WindowSession session = new WindowSession(
                terms, books, ports.engine(), outputs(limits, decisions), ports.journal(), ports.clock(), progress);
        ResultSigning signing = new ResultSigning(terms, resultKeys::signerOf, own);
        PartyId self = ports.network().self();
        FormerOpenings openedBefore =
                new FormerOpenings(terms, self, ports.journal(), signingBoard, ports.log(), own::hasPosted, decisions);
        WindowEnding.Ports endings = new WindowEnding.Ports(signing, signingBoard, decisions, openedBefore, self);
        return new UnitDriver(
                terms,
                limits.failures().disputes(),
                intake,
                admissions,
                new Sequencer(
                        terms,
                        intake,
                        admissions,
                        sealer,
                        outbox,
                        resultKeys,
                        control,
                        patience,
                        ports.clock(),
                        limits),
                new BatchUnit(
                        terms,
                        intake,
                        openings,
                        books,
                        admissions,
                        manifests,
                        sealer,
                        disputes,
                        ports.engine(),
                        attempts,
                        own,
                        logs),
                new WindowUnit(
                        admissions,
                        manifests,
                        sealer,
                        attempts,
                        control,
                        session,
                        endings,
                        new WindowDeadlines(terms.definition().windows(), ports.clock()),
                        ports.journal(),
                        own,
                        patience,
                        limits.agreement()),
                new SkipUnit(signing, patience, limits.agreement()),
                outbox,
                resultKeys,
                control,
                failures,
                sealer,
                ports.events(),
                new StageTimes(ports.clock()),
                progress,
                this::emit);
    }

    private OutputOpener outputs(PartyLimits limits, OpeningDecisions decisions) {
        return new WindowOpening(
                ports.terms(),
                ports.records(),
                ports.board(),
                ports.log(),
                ports.journal(),
                ports.identity(),
                ports.clock(),
                limits.fairness(),
                decisions);
    }

    private void live() {
        try {
            driver.run();
            progress.stage(PartyStage.ENDED);
            done.complete(null);
        } catch (PartyStoppedException parked) {
            progress.stage(PartyStage.STOPPED);
            LOG.info("{}", parked.getMessage());
            ports.events().stopped();
            books.close();
            done.completeExceptionally(parked);
        } catch (RuntimeException end) {
            progress.stage(PartyStage.HELD);
            LOG.error("the job holds at this party: {}", end.getMessage(), end);
            ports.events().held(String.valueOf(end.getMessage()));
            books.close();
            done.completeExceptionally(end);
        }
    }

    /** What operators asked for: others' messages are theirs to use, the next result key belongs on the chain. */
    private void groupSigned(GroupStatement statement, ByteString signature) {
        ports.events().groupSigned(statement.title());
        if (statement instanceof RotationMessage rotation) {
            outbox.post(new RotationPost(rotation, signature));
        }
    }

    private void wrongShare(PartyId culprit, GroupStatement statement) {
        LOG.warn("{}: {} gave a wrong share of the signature", statement.title(), culprit);
        ports.events().wrongSignatureShare(culprit, statement.title());
    }

    private void emit(WindowOutcome outcome) {
        progress.ended(outcome);
        synchronized (unacknowledged) {
            unacknowledged.put(outcome.window(), outcome);
            receiver.accept(outcome);
        }
    }
}
