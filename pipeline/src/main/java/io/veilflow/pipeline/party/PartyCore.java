package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.threshold.KeyShare;
import io.veilflow.pipeline.account.StandingPosts;
import io.veilflow.pipeline.admit.BookStore;
import io.veilflow.pipeline.admit.SubmissionOpener;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.key.KeyPurpose;
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
import io.veilflow.zk.verify.ProofVerifier;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
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

    private final PartyPorts ports;
    private final BookStore books = new BookStore();
    private final Openings openings;
    private final Intake intake;
    private final Outbox outbox;
    private final SigningBoard signingBoard;
    private final ResultKeys resultKeys;
    private final UnitDriver driver;
    private final SideDuty signingDuty;
    private final Optional<GroupPayment> groupPayment;
    private final Thread thread;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    private final Map<Long, WindowOutcome> unacknowledged = new LinkedHashMap<>();
    private Consumer<WindowOutcome> receiver = outcome -> {};

    public PartyCore(PartyPorts ports, PartyLimits limits) {
        this.ports = ports;
        PartyId self = ports.network().self();
        JobTerms terms = ports.terms();
        this.openings = new Openings(
                new SubmissionOpener(self, terms, ports.decryptionKey(), ports.commitments()), books, OPENING_THREADS);
        this.intake = new Intake(terms, openings, ports.events(), ports.clock());
        JournalledLog own = new JournalledLog(ports.journal(), ports.log());
        StandingPosts standing = new StandingPosts();
        this.groupPayment =
                ports.groupAccount().map(account -> new GroupPayment(ports, account, standing, this::keyOf, limits));
        this.outbox = new Outbox(
                terms,
                groupPayment.map(GroupPayment::chain).orElse(ports.chain()),
                new PostingDuty(self, limits.posterTurn(), POST_RETRY, new Random()),
                own,
                ports.events(),
                ports.clock(),
                standing,
                new ProofVerifier(ports.verifyingKey()));
        this.signingBoard = new SigningBoard(terms.definition(), ports.board());
        OperatorLogs operators = new OperatorLogs(terms.definition(), ports.board());
        List<GroupSigner> resultSigners = ports.resultShares().stream()
                .map(share -> signer(KeyPurpose.RESULT, share))
                .toList();
        this.resultKeys = new ResultKeys(
                terms, operators, resultSigners, outbox::openWindows, ports.chain(), new Patience(ports.clock()));
        this.driver = driver(limits, own);
        SigningService signing = new SigningService(
                new SigningTerms(terms),
                operators,
                ports.signShare().map(share -> signer(KeyPurpose.SIGN, share)),
                resultKeys,
                ports.log(),
                ports.signingAudit(),
                this::groupSigned);
        this.signingDuty = new SideDuty("party-signing", signing::step, signing::close);
        this.thread = new Thread(this::live, "party-driver");
        this.thread.setDaemon(true);
    }

    /**
     * Publishes this party's encryption key and begins with the first unit. The caller has started the network; best when all
     * three are connected, so that a party which is set up differently leaves nothing on the board.
     */
    public void start() {
        EncryptionKey key = EncryptionKey.newBuilder()
                .setPublicKey(ports.decryptionKey().publicKey().bytes())
                .build();
        ports.log().append(Payload.newBuilder().setEncryptionKey(key).build());
        thread.start();
        signingDuty.start();
        groupPayment.ifPresent(GroupPayment::start);
    }

    /** Why the job holds at this party, if it does. */
    public Optional<String> held() {
        return done.isCompletedExceptionally()
                ? Optional.of(
                        done.handle((nothing, failure) -> failure.getMessage()).join())
                : Optional.empty();
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

    /** Stops where it is. Shares are wiped; what is journalled and posted stays. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
        signingDuty.close();
        openings.close();
        outbox.close();
        groupPayment.ifPresent(GroupPayment::close);
        books.close();
    }

    /** The key under which a post of this party's engine stands: a rotation is signed with the key before it. */
    private byte[] keyOf(Post post) {
        return resultKeys
                .signerOf(post instanceof RotationPost ? post.window() - 1 : post.window())
                .groupPoint();
    }

    private GroupSigner signer(KeyPurpose purpose, KeyShare share) {
        return new GroupSigner(purpose, share, signingBoard, ports.log(), this::wrongShare, new SecureRandom());
    }

    private UnitDriver driver(PartyLimits limits, JournalledLog own) {
        JobTerms terms = ports.terms();
        Patience patience = new Patience(ports.clock());
        PartyLogs logs = new PartyLogs(terms, ports.board());
        Admissions admissions = new Admissions(terms, intake);
        Manifests manifests = new Manifests(terms, intake);
        Sealer sealer = new Sealer(logs, own, patience, limits.agreement());
        AttemptControl control = new AttemptControl(ports.network(), ports.journal(), limits, ports.clock());
        AttemptFailures failures = new AttemptFailures(limits.failures().failedChecks(), ports.events());
        AttemptLoop attempts = new AttemptLoop(
                ports.network(), control, terms, limits.failures().attempts(), failures, ports.transcripts());
        DisputeStep disputes = new DisputeStep(terms, intake, openings, books, sealer, attempts, logs);
        OpeningDecisions decisions = new OpeningDecisions();
        WindowSession session = new WindowSession(
                terms,
                books,
                ports.provingKey(),
                ports.verifyingKey(),
                outputs(limits, decisions),
                ports.journal(),
                ports.clock());
        ResultSigning signing = new ResultSigning(terms, resultKeys::signerOf, own);
        WindowEnding.Ports endings = new WindowEnding.Ports(
                signing, signingBoard, decisions, ports.network().self());
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
                        terms, intake, openings, books, admissions, manifests, sealer, disputes, attempts, own, logs),
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
                ports.events(),
                new StageTimes(ports.clock()),
                this::emit);
    }

    private OutputOpener outputs(PartyLimits limits, OpeningDecisions decisions) {
        return new WindowOpening(
                ports.terms(),
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
            done.complete(null);
        } catch (RuntimeException end) {
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
        synchronized (unacknowledged) {
            unacknowledged.put(outcome.window(), outcome);
            receiver.accept(outcome);
        }
    }
}
