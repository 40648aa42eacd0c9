package io.veilflow.pipeline.adversary;

import io.veilflow.mpc.fair.FairLimits;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.JournalHeads;
import io.veilflow.mpc.transport.FrameTap;
import io.veilflow.mpc.transport.LinkConfiguration;
import io.veilflow.mpc.transport.LinkCredentials;
import io.veilflow.mpc.transport.LinkLimits;
import io.veilflow.mpc.transport.LinkNetwork;
import io.veilflow.mpc.transport.PartyEndpoint;
import io.veilflow.pipeline.board.Board;
import io.veilflow.pipeline.board.BoardWriter;
import io.veilflow.pipeline.board.FileBoard;
import io.veilflow.pipeline.board.RecordSigner;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.board.SampleWriters;
import io.veilflow.pipeline.config.FailureLimits;
import io.veilflow.pipeline.contributor.BookEncoder;
import io.veilflow.pipeline.contributor.PartyKeys;
import io.veilflow.pipeline.identity.PartyIdentity;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.journal.JournalledEpochs;
import io.veilflow.pipeline.journal.MemoryJournal;
import io.veilflow.pipeline.party.BoardPump;
import io.veilflow.pipeline.party.EventLog;
import io.veilflow.pipeline.party.PartyClock;
import io.veilflow.pipeline.party.PartyCore;
import io.veilflow.pipeline.party.PartyLimits;
import io.veilflow.pipeline.party.PartyPorts;
import io.veilflow.pipeline.party.PartyThreads;
import io.veilflow.pipeline.party.ProtocolEngine;
import io.veilflow.pipeline.party.TranscriptStore;
import io.veilflow.pipeline.service.SigningAuditLog;
import io.veilflow.pipeline.sign.SampleGroup;
import io.veilflow.pipeline.submission.BasisCommitments;
import io.veilflow.pipeline.submission.DecryptionKey;
import io.veilflow.pipeline.window.Manifests;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.Submission;
import io.veilflow.pipeline.wire.Tick;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Three party cores over real links, with a real board and the real prover, each behind a {@link PartyConduct}. It lives for
 * as many windows as go well: a case in which a party holds is the last one of its world.
 */
final class WindowWorld implements AutoCloseable {
    static final String GOOD_BANK = "bank-a";
    static final String BAD_BANK = "bank-b";
    static final List<BigInteger> PRICES = List.of(BigInteger.valueOf(7));

    private static final long WINDOW_MILLIS = 1_000;
    private static final Duration START = Duration.ofSeconds(30);

    private final TinyJob job;
    private final SecureRandom random = new SecureRandom();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final List<BoardPump> pumps = new ArrayList<>();
    private final List<SeenParty> parties = new ArrayList<>();
    private final FileBoard board;
    private final MemoryChain chain;
    private final BoardWriter feeder;
    private final BoardWriter goodBank;
    private final BoardWriter badBank;
    private long sequence;
    private long window;

    /** @param views what a party sees of the board */
    WindowWorld(TinyJob job, Path directory, Patience patience, Function<PartyId, Function<Board, Board>> views) {
        this.job = job;
        this.board = opened(FileBoard.create(directory));
        this.chain = new MemoryChain(job.terms());
        List<LinkNetwork> networks = new ArrayList<>();
        for (PartyIdentity identity : job.identities()) {
            networks.add(start(
                    identity, directory, patience, views.apply(identity.party()).apply(board)));
        }
        feeder = opened(board.writer(signer(terms(), "feeder")));
        goodBank = opened(board.writer(signer(terms(), GOOD_BANK)));
        badBank = opened(board.writer(signer(terms(), BAD_BANK)));
        tick(WINDOW_MILLIS / 2);
        boolean started = await(START, () -> networks.stream()
                .allMatch(network -> network.currentEpoch().isPresent()));
        if (!started) {
            throw new AssertionError("the parties have not connected");
        }
    }

    /**
     * How long parties wait for each other.
     *
     * @param message a protocol for one message
     * @param agreement a party for lists, signatures and readiness
     * @param fairness the largest delay of a record in the opening of outputs
     */
    record Patience(Duration message, Duration agreement, Duration fairness) {
        /** Two attempts at a unit; a world that serves many cases bears any number of failed ones. */
        private static final FailureLimits FAILURES = new FailureLimits(2, 1_000, 1_000);

        PartyLimits limits() {
            return new PartyLimits(
                    Duration.ofSeconds(20),
                    agreement,
                    Duration.ofMillis(20),
                    Duration.ofMillis(200),
                    FAILURES,
                    new FairLimits(fairness, Duration.ZERO));
        }

        LinkLimits links() {
            return new LinkLimits(
                    LinkLimits.LARGEST_FRAME_BYTES,
                    1_000,
                    2L * LinkLimits.LARGEST_FRAME_BYTES,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    message,
                    Duration.ofMillis(100));
        }
    }

    JobTerms terms() {
        return job.terms();
    }

    FileBoard board() {
        return board;
    }

    MemoryChain chain() {
        return chain;
    }

    SeenParty party(PartyId id) {
        return parties.get(id.index());
    }

    List<SeenParty> parties() {
        return parties;
    }

    /** The window that the next case is about. */
    long window() {
        return window;
    }

    /** @param record index in either bank's log */
    record Submitted(long record, ClearMarket.Committed book) {}

    /** Two books on the board at once: a good one, and one with a number that is one too large. */
    Submitted submit(List<BigInteger> good) {
        sequence++;
        Submission first = encode(GOOD_BANK, sequence, good);
        Submission second = encode(BAD_BANK, sequence, List.of(BigInteger.ONE.shiftLeft(64), BigInteger.ONE));
        goodBank.append(Payload.newBuilder().setSubmission(first).build());
        badBank.append(Payload.newBuilder().setSubmission(second).build());
        return new Submitted(sequence - 1, new ClearMarket.Committed(good, first));
    }

    Submission encode(String bank, long number, List<BigInteger> numbers) {
        return new BookEncoder(terms(), commitments(), random)
                .encode(
                        terms().contributor(bank).orElseThrow(),
                        number,
                        0,
                        numbers,
                        new PartyKeys(job.encryptionKeys()));
    }

    /** Closes the case's window. */
    void closeWindow() {
        window++;
        tick(window * WINDOW_MILLIS + WINDOW_MILLIS / 2);
    }

    /** False if the condition does not hold in time. */
    static boolean await(Duration longest, BooleanSupplier condition) {
        long end = System.nanoTime() + longest.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            try {
                Thread.sleep(2);
            } catch (InterruptedException stopped) {
                throw new AssertionError(stopped);
            }
        }
        return true;
    }

    @Override
    public void close() {
        pumps.forEach(BoardPump::close);
        parties.forEach(party -> party.core().close());
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception failure) {
                throw new AssertionError(failure);
            }
        }
    }

    private LinkNetwork start(PartyIdentity identity, Path directory, Patience patience, Board view) {
        PartyId self = identity.party();
        StringWriter events = new StringWriter();
        MemoryJournal journal = new MemoryJournal();
        LinkNetwork network = opened(listening(identity, patience, journal));
        BoardWriter log = opened(board.writer(
                new RecordSigner(terms().configurationHash(), identity.name(), identity.signingKey()::sign)));
        PartyConduct conduct = new PartyConduct(self, new RecordForgery());
        PartyCore core = new PartyCore(
                new PartyPorts(
                        terms(),
                        PartyClock.system(),
                        PartyThreads.system(),
                        random,
                        new CorruptibleNetwork(network, conduct),
                        RecordVerifier.of(terms().definition()),
                        view,
                        new CorruptibleLog(log, conduct),
                        chain,
                        journal,
                        opened(new EventLog(events, List.of())),
                        new ProtocolEngine(
                                terms().rule(), job.provingKey(), job.keys().verifyingKey()),
                        opened(new DecryptionKey(identity.exposeEncryptionKey())),
                        commitments(),
                        List.of(opened(SampleGroup.resultShares().get(self.index()))),
                        Optional.empty(),
                        Optional.empty(),
                        new SigningAuditLog(
                                directory.resolve("signing-audit-" + identity.name()),
                                identity.signingKey()::sign,
                                identity.publicIdentity().identityKey()),
                        identity.signingKey()::sign,
                        new TranscriptStore(
                                directory.resolve("transcripts-" + identity.name()),
                                identity.signingKey()::sign,
                                journal)),
                patience.limits());
        parties.add(new SeenParty(self, core, conduct, journal, events));
        network.start();
        core.start();
        pumps.add(new BoardPump(core, terms(), view, commitments()));
        return network;
    }

    /** Tries again for a while: a world before this one, or a stranger, may still hold the port. */
    private LinkNetwork listening(PartyIdentity identity, Patience patience, MemoryJournal journal) {
        long end = System.nanoTime() + START.toNanos();
        while (true) {
            try {
                return new LinkNetwork(
                        links(identity.party(), patience.links()),
                        new LinkCredentials(identity.tlsKey(), identity.certificate(), identity.signingKey()::sign),
                        new JournalledEpochs(journal, JournalHeads.none()),
                        FrameTap.none());
            } catch (UncheckedIOException taken) {
                if (System.nanoTime() > end) {
                    throw taken;
                }
                await(Duration.ofMillis(50), () -> false);
            }
        }
    }

    private LinkConfiguration links(PartyId self, LinkLimits limits) {
        List<PartyEndpoint> endpoints = terms().definition().parties().stream()
                .map(party -> new PartyEndpoint(
                        party.host(),
                        party.port(),
                        party.tlsPin().toByteArray(),
                        party.identityKey().toByteArray()))
                .toList();
        return new LinkConfiguration(
                self,
                endpoints,
                terms().configurationHash().toByteArray(),
                terms().ruleHash().toByteArray(),
                new byte[16],
                limits);
    }

    private BasisCommitments commitments() {
        return BasisCommitments.of(terms(), job.keys().basis().bytes(), random);
    }

    static RecordSigner signer(JobTerms terms, String writer) {
        return new RecordSigner(terms.configurationHash(), writer, SampleWriters.key(writer));
    }

    private void tick(long timeMillis) {
        Tick tick = Tick.newBuilder()
                .setTimeMillis(timeMillis)
                .addAllValues(PRICES.stream().map(Manifests::canonical).toList())
                .build();
        feeder.append(Payload.newBuilder().setTick(tick).build());
    }

    private <T extends AutoCloseable> T opened(T resource) {
        open.push(resource);
        return resource;
    }
}
