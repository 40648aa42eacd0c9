package io.veilflow.pipeline.party;

import io.veilflow.contracts.testing.TestChain;
import io.veilflow.mpc.fair.FairLimits;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.PartyNetwork;
import io.veilflow.mpc.session.SessionContext;
import io.veilflow.mpc.transport.FrameTap;
import io.veilflow.mpc.transport.LinkCredentials;
import io.veilflow.mpc.transport.LinkNetwork;
import io.veilflow.nativelib.ProvingKeyHandle;
import io.veilflow.pipeline.audit.AuditReport;
import io.veilflow.pipeline.audit.Auditor;
import io.veilflow.pipeline.board.BoardWriter;
import io.veilflow.pipeline.board.FileBoard;
import io.veilflow.pipeline.board.RecordSigner;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.board.SampleWriters;
import io.veilflow.pipeline.config.FailureLimits;
import io.veilflow.pipeline.contributor.Book;
import io.veilflow.pipeline.contributor.BookEncoder;
import io.veilflow.pipeline.contributor.Contributor;
import io.veilflow.pipeline.contributor.PartyKeys;
import io.veilflow.pipeline.feed.DecisionLedger;
import io.veilflow.pipeline.identity.PartyIdentity;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.JobFile;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.job.PostingPolicy;
import io.veilflow.pipeline.journal.FileJournal;
import io.veilflow.pipeline.journal.JournalledEpochs;
import io.veilflow.pipeline.post.EthereumChain;
import io.veilflow.pipeline.post.EthereumView;
import io.veilflow.pipeline.service.SigningAuditLog;
import io.veilflow.pipeline.sign.SampleGroup;
import io.veilflow.pipeline.submission.BasisCommitments;
import io.veilflow.pipeline.submission.DecryptionKey;
import io.veilflow.pipeline.window.Manifests;
import io.veilflow.pipeline.wire.End;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.Reason;
import io.veilflow.pipeline.wire.Submission;
import io.veilflow.pipeline.wire.Tick;
import io.veilflow.zk.key.JobKeys;
import io.veilflow.zk.key.KeyCache;
import io.veilflow.zk.rule.job.MarketHealthRule;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;

/**
 * Three party cores in one process with everything real around them: TLS links, file board, prover, a chain. Two banks with two
 * slots each, two assets. For tests only.
 */
final class PartyWorld implements AutoCloseable {
    static final List<String> BANKS = List.of("bank-a", "bank-b");
    private static final long PATIENCE_SECONDS = 60;
    static final PartyLimits LIMITS = new PartyLimits(
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofMillis(20),
            Duration.ofSeconds(10),
            new FailureLimits(2, 2, 4),
            FairLimits.defaults());

    private final Path directory;
    private final BiPredicate<SessionContext, String> aborts;
    private final PostingPolicy posting;
    private final Optional<PayingGroup> group;
    private final PartyLimits limits;
    private final SecureRandom random = new SecureRandom();
    private int generation = 1;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final FileBoard board;
    private final JobTerms terms;
    private final JobKeys keys;
    private final TestChain node;
    private final EthereumChain observer;
    private final ProvingKeyHandle provingKey;
    private final List<PartyIdentity> identities;
    private final List<StringWriter> events = List.of(new StringWriter(), new StringWriter(), new StringWriter());
    private final List<List<String>> former = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    private final List<WorldParty> parties = new ArrayList<>();
    private final Map<String, Contributor> contributors = new HashMap<>();
    private final BoardWriter feeder;

    PartyWorld(Path directory, Path keyCache) {
        this(directory, keyCache, (context, path) -> false, PostingPolicy.provenOnly());
    }

    /** @param aborts where sessions abort at P1 */
    PartyWorld(Path directory, Path keyCache, BiPredicate<SessionContext, String> aborts, PostingPolicy posting) {
        this(directory, keyCache, aborts, posting, LIMITS, Optional.empty());
    }

    /** A job whose posts the group's account pays for. */
    PartyWorld(Path directory, Path keyCache, PartyLimits limits, PayingGroup group) {
        this(directory, keyCache, (context, path) -> false, PayingGroup.POSTING, limits, Optional.of(group));
    }

    private PartyWorld(
            Path directory,
            Path keyCache,
            BiPredicate<SessionContext, String> aborts,
            PostingPolicy posting,
            PartyLimits limits,
            Optional<PayingGroup> group) {
        this.limits = limits;
        this.group = group;
        this.posting = posting;
        this.directory = directory;
        this.aborts = aborts;
        node = opened(new TestChain());
        group.ifPresent(paying -> paying.fund(node));
        keys = new KeyCache(keyCache).keysOf(MarketHealthRule.of(2, 4).rule());
        board = opened(FileBoard.create(directory.resolve("board")));
        identities = LocalParties.identities(directory, random);
        identities.forEach(this::opened);
        terms = WorldChain.deploy(
                node,
                keys,
                registry -> WorldJob.definition(
                        LocalParties.enrolled(identities),
                        group.map(PayingGroup::keys).orElse(SampleGroup.keys()),
                        registry,
                        keys,
                        posting));
        observer = opened(WorldChain.connect(node, terms, 3));
        provingKey = opened(keys.loadProvingKey());
        for (PartyId party : PartyId.values()) {
            parties.add(start(party));
        }
        feeder = opened(board.writer(signer("feeder")));
        for (String bank : BANKS) {
            contributors.put(
                    bank,
                    opened(new Contributor(terms, board, new BookEncoder(terms, commitments(), random), signer(bank))));
        }
        awaitEpoch();
    }

    JobTerms terms() {
        return terms;
    }

    FileBoard board() {
        return board;
    }

    TestChain node() {
        return node;
    }

    EthereumChain chain() {
        return observer;
    }

    /** Lines of a party's event log so far. */
    List<String> events(PartyId party) {
        return events.get(party.index()).toString().lines().toList();
    }

    /** All steps of a party, over its restarts. */
    List<String> order(PartyId party) {
        List<String> steps = new ArrayList<>(former.get(party.index()));
        steps.addAll(party(party).order().steps());
        return steps;
    }

    private WorldParty party(PartyId party) {
        return parties.get(party.index());
    }

    void awaitEpoch() {
        await(
                () -> parties.stream()
                        .allMatch(party -> party.network().currentEpoch().isPresent()),
                "an epoch");
    }

    /** The party's process dies as soon as it has done this step of {@link #order}. */
    void crashAfter(PartyId party, String step) {
        party(party).order().dieAfter(step);
    }

    void awaitCrash(PartyId party) {
        await(() -> party(party).order().isDead(), "crash of " + party + " after " + order(party));
    }

    /** A new process of a party that has died, from the files that it left. */
    void restart(PartyId party) throws Exception {
        former.get(party.index()).addAll(party(party).order().steps());
        party(party).close();
        parties.set(party.index(), start(party));
    }

    /** The machine of a party that has died is lost, and the two others deal it another share: for a party that starts from now on. */
    void replaceMachine(PartyId party) throws Exception {
        former.get(party.index()).addAll(party(party).order().steps());
        party(party).close();
        Files.delete(journal(party));
        generation++;
    }

    byte[] copyOfJournal(PartyId party) throws IOException {
        return Files.readAllBytes(journal(party));
    }

    /** A new process of a party that has died, on a copy of its journal. */
    void restart(PartyId party, byte[] copyOfJournal) throws Exception {
        former.get(party.index()).addAll(party(party).order().steps());
        party(party).close();
        Files.write(journal(party), copyOfJournal);
        begin(party);
    }

    private Path journal(PartyId party) {
        return directory.resolve(EnrolledParty.writer(party) + ".journal");
    }

    void rebuildJournal(PartyId party) {
        try (FileJournal journal = LocalParties.journal(directory, party, random)) {
            new JournalRebuild(terms, board, party).into(journal, generation);
        }
    }

    /** A process of a party that has none, from the files that are there. */
    void begin(PartyId party) {
        parties.set(party.index(), start(party));
    }

    /** The party is asked to stop after this step of {@link #order}, and ends. */
    Throwable park(PartyId party, String step) {
        await(() -> order(party).contains(step), step + " of " + party);
        party(party).core().park();
        goOn(party);
        await(() -> party(party).core().failure().isPresent(), "end of " + party);
        return party(party).core().failure().orElseThrow();
    }

    /** The party stops after this step of {@link #order}, until it may go on. */
    void hold(PartyId party, String step) {
        party(party).order().holdAfter(step);
    }

    void goOn(PartyId party) {
        party(party).order().release();
    }

    /** Waits until the party has been offered so many records of contributors and feeder. */
    void awaitOffered(PartyId party, long records) {
        await(() -> party(party).pump().offered() >= records, records + " records at " + party);
    }

    LinkNetwork network(PartyId party) {
        return party(party).network();
    }

    /** Two positions: collateral of both assets, debt of both assets. */
    void submit(String bank, List<List<BigInteger>> positions) {
        contributors.get(bank).submit(Book.of(terms, terms.contributor(bank).orElseThrow(), positions));
    }

    boolean keysArePublished() {
        return PartyKeys.read(board, RecordVerifier.of(terms.definition())).isPresent();
    }

    /** A submission as an honest bank makes it, to be spoilt. */
    Submission encoded(String bank, long sequence, List<BigInteger> numbers) {
        PartyKeys known = PartyKeys.read(board, RecordVerifier.of(terms.definition()))
                .orElseThrow(() -> new AssertionError("the parties have not published their keys"));
        return new BookEncoder(terms, commitments(), random)
                .encode(terms.contributor(bank).orElseThrow(), sequence, 0, numbers, known);
    }

    /** What an auditor finds who has board and chain. */
    AuditReport audit() {
        try (EthereumView view = WorldChain.view(node, terms)) {
            Path folder = directory.resolve("board");
            Files.write(folder.resolve(Auditor.JOB_FILE), JobFile.bytes(terms.definition()));
            Files.write(
                    folder.resolve(Auditor.VERIFYING_KEY_FILE),
                    keys.verifyingKey().bytes());
            Files.write(folder.resolve(Auditor.BASIS_FILE), keys.basis().bytes());
            return new Auditor(folder, view).run();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    /** Appends what the bank signs, whatever it is. */
    void append(String bank, Payload payload) {
        contributors.remove(bank).close();
        try (BoardWriter log = board.writer(signer(bank))) {
            log.append(payload);
        }
        contributors.put(
                bank,
                opened(new Contributor(terms, board, new BookEncoder(terms, commitments(), random), signer(bank))));
    }

    void tick(long timeMillis, List<BigInteger> prices) {
        Tick tick = Tick.newBuilder()
                .setTimeMillis(timeMillis)
                .addAllValues(prices.stream().map(Manifests::canonical).toList())
                .build();
        feeder.append(Payload.newBuilder().setTick(tick).build());
    }

    void end() {
        feeder.append(Payload.newBuilder().setEnd(End.getDefaultInstance()).build());
    }

    /** Waits until two parties agree on a record of a bank. */
    Reason decision(String bank, long record) {
        DecisionLedger ledger = new DecisionLedger(terms.definition(), board, Set.of(bank));
        await(
                () -> {
                    ledger.refresh();
                    return ledger.decision(bank, record).isPresent();
                },
                "a decision about record " + record + " of " + bank);
        return ledger.decision(bank, record).orElseThrow();
    }

    void awaitEnd() throws Exception {
        for (WorldParty party : parties) {
            party.pump().drained().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    void await(BooleanSupplier condition, String what) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("no " + what + "; events: " + events.get(0));
            }
            try {
                Thread.sleep(5);
            } catch (InterruptedException stopped) {
                throw new AssertionError(stopped);
            }
        }
    }

    @Override
    public void close() throws Exception {
        for (WorldParty party : parties) {
            party.close();
        }
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    private <T extends AutoCloseable> T opened(T resource) {
        open.push(resource);
        return resource;
    }

    private WorldParty start(PartyId self) {
        PartyIdentity identity = identities.get(self.index());
        StringWriter lines = events.get(self.index());
        RecordedOrder order = new RecordedOrder();
        Deque<AutoCloseable> files = new ArrayDeque<>();
        FileJournal journal = LocalParties.journal(directory, self, random);
        files.push(journal);
        LinkNetwork network = new LinkNetwork(
                LocalParties.links(self, terms),
                new LinkCredentials(identity.tlsKey(), identity.certificate(), identity.signingKey()::sign),
                new JournalledEpochs(
                        order.journal(journal),
                        new PeerHeads(self, terms, order.journal(journal), identity.signingKey()::sign, generation)),
                FrameTap.none());
        // a board of its own: a thread that is stopped while it reads takes its files with it
        FileBoard seen = FileBoard.open(directory.resolve("board"));
        files.push(seen);
        BoardWriter log =
                seen.writer(new RecordSigner(terms.configurationHash(), identity.name(), identity.signingKey()::sign));
        files.push(log);
        EthereumChain chain = WorldChain.connect(node, terms, self.index());
        files.push(chain);
        PartyCore core = new PartyCore(
                new PartyPorts(
                        terms,
                        PartyClock.system(),
                        PartyThreads.system(),
                        random,
                        network(network),
                        RecordVerifier.of(terms.definition()),
                        seen,
                        order.log(group.map(paying -> paying.log(self, log)).orElse(log)),
                        chain,
                        order.journal(journal),
                        new EventLog(
                                order.events(lines), lines.toString().lines().toList()),
                        new ProtocolEngine(terms.rule(), provingKey, keys.verifyingKey()),
                        new DecryptionKey(identity.exposeEncryptionKey()),
                        commitments(),
                        List.of(
                                SampleGroup.resultShares(generation).get(self.index()),
                                SampleGroup.nextResultShares().get(self.index())),
                        Optional.of(SampleGroup.signShares().get(self.index())),
                        group.map(paying -> paying.account(self, chain)),
                        new SigningAuditLog(
                                directory.resolve(identity.name() + ".signing-audit"),
                                identity.signingKey()::sign,
                                identity.publicIdentity().identityKey()),
                        identity.signingKey()::sign,
                        new TranscriptStore(
                                transcripts(directory, self), identity.signingKey()::sign, order.journal(journal))),
                limits);
        core.attach(core::publish, failure -> {});
        network.start();
        core.start();
        return new WorldParty(order, network, core, new BoardPump(core, terms, seen, commitments()), files);
    }

    private PartyNetwork network(LinkNetwork links) {
        PartyNetwork flaky = links.self() == PartyId.P1 ? new FlakyNetwork(links, aborts) : links;
        return group.map(paying -> paying.network(flaky)).orElse(flaky);
    }

    static Path transcripts(Path directory, PartyId party) {
        return directory.resolve("transcripts-" + party.index());
    }

    private BasisCommitments commitments() {
        return BasisCommitments.of(terms, keys.basis().bytes(), random);
    }

    private RecordSigner signer(String writer) {
        return new RecordSigner(terms.configurationHash(), writer, SampleWriters.key(writer));
    }

    /** The window's figures in a party's events, once they are there. */
    Optional<String> report(PartyId party, long window) {
        return events(party).stream()
                .filter(line -> line.contains("\"event\":\"window\"") && line.contains("\"window\":" + window + ","))
                .findFirst();
    }
}
