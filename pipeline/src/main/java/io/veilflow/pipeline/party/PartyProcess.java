package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.threshold.KeyShare;
import io.veilflow.mpc.threshold.ecdsa.AccountKeyShare;
import io.veilflow.mpc.transport.FileFrameTap;
import io.veilflow.mpc.transport.FrameTap;
import io.veilflow.mpc.transport.LinkConfiguration;
import io.veilflow.mpc.transport.LinkCredentials;
import io.veilflow.mpc.transport.LinkLimits;
import io.veilflow.mpc.transport.LinkNetwork;
import io.veilflow.mpc.transport.PartyEndpoint;
import io.veilflow.nativelib.ProvingKeyHandle;
import io.veilflow.pipeline.board.Board;
import io.veilflow.pipeline.board.BoardException;
import io.veilflow.pipeline.board.BoardWriter;
import io.veilflow.pipeline.board.RecordSigner;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.config.ConfigurationException;
import io.veilflow.pipeline.config.PartyConfiguration;
import io.veilflow.pipeline.encoding.Hashes;
import io.veilflow.pipeline.flink.FlinkMetrics;
import io.veilflow.pipeline.flink.PartyFlinkJob;
import io.veilflow.pipeline.identity.PartyIdentity;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.job.PostingPolicy;
import io.veilflow.pipeline.job.ProfileStatement;
import io.veilflow.pipeline.journal.FileJournal;
import io.veilflow.pipeline.journal.JournalException;
import io.veilflow.pipeline.journal.JournalKey;
import io.veilflow.pipeline.journal.JournalledEpochs;
import io.veilflow.pipeline.key.GroupKeyStore;
import io.veilflow.pipeline.key.GroupShare;
import io.veilflow.pipeline.key.PublicGroupKey;
import io.veilflow.pipeline.operate.PartyOperation;
import io.veilflow.pipeline.post.EthereumChain;
import io.veilflow.pipeline.service.SigningAuditLog;
import io.veilflow.pipeline.submission.BasisCommitments;
import io.veilflow.pipeline.submission.DecryptionKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/**
 * The process of one party: reads its configuration, refuses to start with every reason at once, and runs core and Flink job until
 * the feeder has ended. All wiring is here and nothing else.
 */
public final class PartyProcess {
    /** Everything was decided and posted. */
    public static final int DONE = 0;
    /** The job holds at this party. */
    public static final int HELD = 1;
    /** Nothing was started. */
    public static final int REFUSED = 2;
    /** A fault of this program or its machine. */
    public static final int FAULT = 3;
    /** Asked to stop, and parked. A process that a signal ends has the signal's code, which for SIGTERM is this one. */
    public static final int STOPPED = 143;

    private static final int RUN_ID_BYTES = 16;

    private final PartyConfiguration configuration;
    private final PartyLimits limits;
    private final SecureRandom random = new SecureRandom();

    private PartyProcess(PartyConfiguration configuration, PartyLimits limits) {
        this.configuration = configuration;
        this.limits = limits;
    }

    /**
     * Runs a party to its end.
     *
     * @param file {@code party.json}
     * @param out where the reason goes if it does not start or does not end well
     * @return one of the codes above
     */
    public static int run(Path file, PrintWriter out) {
        return run(file, out, (process, stop) -> process.run(stop));
    }

    /**
     * Builds the journal of a party again that has lost its machine, and ends ({@link JournalRebuild}).
     *
     * @return DONE, REFUSED or FAULT
     */
    public static int rebuildJournal(Path file, PrintWriter out) {
        return run(file, out, (process, stop) -> process.rebuildJournal(out));
    }

    private interface Task {
        void perform(PartyProcess process, StopSignal stop) throws Exception;
    }

    private static int run(Path file, PrintWriter out, Task task) {
        try (StopSignal stop = new StopSignal()) {
            PartyConfiguration configuration = PartyConfiguration.read(file, Files.readAllBytes(file));
            System.setProperty(
                    "veilflow.log",
                    configuration.stateDirectory().resolve("party.log").toString());
            task.perform(new PartyProcess(configuration, PartyLimits.of(configuration.failures())), stop);
            return DONE;
        } catch (ConfigurationException | BoardException | JournalException | PartyRefusedException refused) {
            out.println(refused.getMessage());
            return REFUSED;
        } catch (PartyStoppedException | InterruptedException stopped) {
            out.println("stopped");
            return STOPPED;
        } catch (JobHeldException held) {
            out.println("the job holds: " + held.getMessage());
            return HELD;
        } catch (IOException unreadable) {
            out.println(file + " cannot be read: " + unreadable.getMessage());
            return REFUSED;
        } catch (Exception fault) {
            out.println(fault.getClass().getSimpleName() + ": " + fault.getMessage());
            return FAULT;
        } finally {
            out.flush();
        }
    }

    private void run(StopSignal stop) throws Exception {
        OpenedParty opened = OpenedParty.open(configuration);
        try (PartyOperation operation =
                new PartyOperation(configuration.party(), configuration.operation(), configuration.stateDirectory())) {
            run(opened, operation, stop);
        }
    }

    private void run(OpenedParty opened, PartyOperation operation, StopSignal stop) throws Exception {
        PartyIdentity identity = opened.identity();
        try (OpenedKeys secrets = opened.secrets();
                EthereumChain chain = opened.chain();
                Board board = opened.board();
                EventLog events = new EventLog(configuration.stateDirectory().resolve("events.jsonl"));
                ProvingKeyHandle provingKey = opened.keys().loadProvingKey();
                FileJournal journal = journal(opened);
                BoardWriter log = board.writer(new RecordSigner(
                        opened.terms().configurationHash(), identity.name(), identity.signingKey()::sign));
                DecryptionKey decryptionKey = decryptionKey(identity);
                KeyShare resultShare = secrets.result().keyShare();
                KeyShare nextResultShare =
                        secrets.nextResult().map(GroupShare::keyShare).orElse(null);
                KeyShare signKey = secrets.sign().map(GroupShare::keyShare).orElse(null);
                AccountKeyShare accountKey = payingShare(opened);
                Tap tap = new Tap(configuration.frameTapFile());
                LinkNetwork network = network(opened, journal, tap)) {
            byte[] basis = opened.keys().basis().bytes();
            Optional<KeyShare> signShare = Optional.ofNullable(signKey);
            PartyPorts ports = new PartyPorts(
                    opened.terms(),
                    PartyClock.system(),
                    PartyThreads.system(),
                    random,
                    network,
                    RecordVerifier.of(opened.terms().definition()),
                    board,
                    log,
                    chain,
                    journal,
                    events,
                    new ProtocolEngine(
                            opened.terms().rule(), provingKey, opened.keys().verifyingKey()),
                    decryptionKey,
                    BasisCommitments.of(opened.terms(), basis, random),
                    Stream.of(resultShare, nextResultShare)
                            .filter(Objects::nonNull)
                            .toList(),
                    signShare,
                    Optional.ofNullable(accountKey).map(share -> groupAccount(share, chain)),
                    signingAudit(identity),
                    identity.signingKey()::sign,
                    new TranscriptStore(
                            configuration.stateDirectory().resolve("transcripts"),
                            identity.signingKey()::sign,
                            journal));
            events.addListener(operation.events());
            say(opened, events);
            FirstConnection connection = new FirstConnection(configuration.party());
            network.addListener(connection);
            network.addListener(operation.links());
            FlinkMetrics metrics = new FlinkMetrics();
            try (PartyCore core = new PartyCore(ports, limits)) {
                operation.attach(
                        new PartyOperation.Parts(opened.terms(), core::view, board, chain, journal::bytes, metrics));
                network.start();
                if (core.isFirstStart()) {
                    connection.await(limits.epoch());
                }
                stop.park(core::park);
                core.start();
                flink(opened, basis, core, metrics);
            }
            events.finished();
        }
    }

    /** Null if the group's account does not pay. */
    private static AccountKeyShare payingShare(OpenedParty opened) {
        PostingPolicy posting = opened.terms().definition().windows().posting();
        return posting.payer() == PostingPolicy.Payer.GROUP
                ? opened.secrets().account().orElseThrow().accountShare()
                : null;
    }

    private GroupAccount groupAccount(AccountKeyShare share, EthereumChain chain) {
        PublicGroupKey key = PublicGroupKey.of(share.key());
        return new GroupAccount(
                share,
                chain,
                () -> GroupKeyStore.suspend(configuration.accountKeyStore().orElseThrow(), key));
    }

    private void rebuildJournal(PrintWriter out) {
        OpenedParty opened = OpenedParty.open(configuration);
        try (OpenedKeys secrets = opened.secrets();
                EthereumChain chain = opened.chain();
                Board board = opened.board();
                FileJournal journal = journal(opened)) {
            int generation = secrets.result().key().generation();
            int entries = new JournalRebuild(opened.terms(), board, configuration.party()).into(journal, generation);
            out.println("the journal of " + opened.identity().name() + " is built again: " + entries + " entries");
        }
    }

    /** The journal's secret comes from the party's encryption key, under a label of its own. */
    private FileJournal journal(OpenedParty opened) {
        byte[] ikm = opened.identity().exposeEncryptionKey();
        byte[] secret = new byte[32];
        try {
            HKDFBytesGenerator derivation = new HKDFBytesGenerator(new SHA256Digest());
            derivation.init(new HKDFParameters(ikm, null, Hashes.sha256Fields("veilflow/journal-secret/1")));
            derivation.generateBytes(secret, 0, secret.length);
            byte[] context = Hashes.sha256Fields(
                    "veilflow/journal-context/1",
                    opened.terms().configurationHash().toByteArray(),
                    new byte[] {(byte) configuration.party().index()});
            return new FileJournal(
                    configuration.stateDirectory().resolve("journal"), context, new JournalKey(secret, random));
        } finally {
            Arrays.fill(ikm, (byte) 0);
            Arrays.fill(secret, (byte) 0);
        }
    }

    private SigningAuditLog signingAudit(PartyIdentity identity) {
        return new SigningAuditLog(
                configuration.stateDirectory().resolve("signing-audit.jsonl"),
                identity.signingKey()::sign,
                identity.publicIdentity().identityKey());
    }

    private static DecryptionKey decryptionKey(PartyIdentity identity) {
        byte[] secret = identity.exposeEncryptionKey();
        try {
            return new DecryptionKey(secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private LinkNetwork network(OpenedParty opened, FileJournal journal, Tap tap) {
        JobTerms terms = opened.terms();
        List<PartyEndpoint> endpoints = terms.definition().parties().stream()
                .map(PartyProcess::endpoint)
                .toList();
        LinkConfiguration links = new LinkConfiguration(
                configuration.party(),
                endpoints,
                terms.configurationHash().toByteArray(),
                terms.ruleHash().toByteArray(),
                runId(terms.configurationHash()),
                LinkLimits.defaults());
        PartyIdentity identity = opened.identity();
        LinkCredentials credentials =
                new LinkCredentials(identity.tlsKey(), identity.certificate(), identity.signingKey()::sign);
        PeerHeads heads = new PeerHeads(
                configuration.party(),
                terms,
                journal,
                identity.signingKey()::sign,
                opened.secrets().result().key().generation());
        return new LinkNetwork(links, credentials, new JournalledEpochs(journal, heads), tap.frames());
    }

    private static PartyEndpoint endpoint(EnrolledParty party) {
        return new PartyEndpoint(
                party.host(),
                party.port(),
                party.tlsPin().toByteArray(),
                party.identityKey().toByteArray());
    }

    /** All parties of a job are in the same run: what tells runs apart are configuration and epochs. */
    private static byte[] runId(ByteString configurationHash) {
        return Arrays.copyOf(Hashes.sha256Fields("veilflow/run/1", configurationHash.toByteArray()), RUN_ID_BYTES);
    }

    private void say(OpenedParty opened, EventLog events) {
        events.started(
                opened.identity().name(),
                opened.terms().definition().name(),
                opened.terms().definition().profile().name());
        Profile profile = opened.terms().definition().profile();
        if (profile == Profile.S) {
            events.warning(ProfileStatement.of(profile));
        }
        events.warning(opened.keys().origin().warning());
        GroupKeyStore.readPublic(configuration.resultKeyStore())
                .pendingGeneration()
                .ifPresent(pending -> events.warning("generation " + pending
                        + " of the result key is not everybody's yet: the one before it is used; run keys refresh"));
        configuration
                .accountKeyStore()
                .map(GroupKeyStore::readPublic)
                .filter(GroupKeyStore.StoredKey::suspended)
                .ifPresent(stored -> events.warning(
                        "the share of the account key is suspended, since a signature failed: run keys refresh"));
        if (!configuration.operation().isLoopback()) {
            events.warning("whoever reaches " + configuration.operation().address()
                    + " can see this party's state and figures: nobody is asked who he is");
        }
        configuration.frameTapFile().ifPresent(file -> events.warning("test mode: frames are written to " + file));
    }

    private void flink(OpenedParty opened, byte[] basis, PartyCore core, FlinkMetrics metrics) throws Exception {
        PartyFlinkJob job =
                new PartyFlinkJob(configuration.boardDirectory(), opened.jobFile(), basis, configuration.parallelism());
        try {
            job.run(
                    opened.identity().name(),
                    core,
                    configuration.stateDirectory().resolve("flink"),
                    metrics);
        } catch (Exception failed) {
            throw core.failure().<Exception>map(PartyProcess::ending).orElse(failed);
        }
    }

    /** What ended the core says more than what Flink makes of it. */
    private static RuntimeException ending(Throwable failure) {
        return failure instanceof JobHeldException
                        || failure instanceof PartyStoppedException
                        || failure instanceof PartyRefusedException
                ? (RuntimeException) failure
                : new IllegalStateException("the party stops: " + failure.getMessage(), failure);
    }

    /** The file that a test asks for, or nothing. */
    private static final class Tap implements AutoCloseable {
        private final Optional<FileFrameTap> file;

        Tap(Optional<Path> file) {
            this.file = file.map(FileFrameTap::new);
        }

        FrameTap frames() {
            return file.<FrameTap>map(tap -> tap).orElse(FrameTap.none());
        }

        @Override
        public void close() {
            file.ifPresent(FileFrameTap::close);
        }
    }
}
