package io.veilflow.pipeline.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.ByteString;
import io.veilflow.contracts.Anvil;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Profile;
import io.veilflow.pipeline.job.ChainBinding;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.GroupKeys;
import io.veilflow.pipeline.job.JobFile;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.job.PostingPolicy;
import io.veilflow.pipeline.job.kind.BookFile;
import io.veilflow.pipeline.job.kind.FeedTable;
import io.veilflow.pipeline.job.kind.JobKind;
import io.veilflow.pipeline.job.kind.Scenario;
import io.veilflow.pipeline.local.ChildProcess;
import io.veilflow.pipeline.local.FreePorts;
import io.veilflow.zk.key.JobKeys;
import io.veilflow.zk.key.KeyCache;
import io.veilflow.zk.rule.Rule;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A job with everybody's files on one machine, and their processes. Each participant is started with the same command as
 * anywhere, in its own folder, and finds the others by job file and board only.
 */
public final class LocalNetwork implements AutoCloseable {
    /** Name of the feeder. */
    public static final String FEEDER = Participants.FEEDER;

    private static final String PARTY_CONFIGURATION = "party.json";
    private static final String POSTER_KEY = "poster.key";
    private static final String EVENTS = "events.jsonl";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final DemoFolder folder;
    private final Scenario scenario;
    private final DemoChain chain;
    private final JobTerms terms;
    private final Path keyCache;
    private final DemoProcesses processes = new DemoProcesses();

    private LocalNetwork(DemoFolder folder, Scenario scenario, DemoChain chain, JobTerms terms, Path keyCache) {
        this.folder = folder;
        this.scenario = scenario;
        this.chain = chain;
        this.terms = terms;
        this.keyCache = keyCache;
    }

    /**
     * Starts a chain, makes keys and identities, deploys the contracts and registers the job. No participant runs yet.
     *
     * @param scenario of this kind
     * @param profile security profile of the job
     * @param step told what is being done
     */
    static LocalNetwork prepare(
            DemoFolder folder, JobKind kind, Scenario scenario, Profile profile, Path keyCache, Consumer<String> step)
            throws IOException, InterruptedException {
        return prepare(
                folder, kind, scenario, profile, PostingPolicy.provenOnly(), ChainLife.ON_DEMAND, keyCache, step);
    }

    /** The same, for a job that tells the registry this about time, on a chain that lives like this. */
    public static LocalNetwork prepare(
            DemoFolder folder,
            JobKind kind,
            Scenario scenario,
            Profile profile,
            PostingPolicy posting,
            ChainLife life,
            Path keyCache,
            Consumer<String> step)
            throws IOException, InterruptedException {
        DemoChain chain = DemoChain.start(folder.root().resolve("chain.json"), life);
        try {
            step.accept("test chain at " + chain.url());
            Participants participants = Participants.create(
                    folder,
                    scenario.institutions().stream()
                            .map(Scenario.Institution::name)
                            .toList(),
                    new SecureRandom());
            List<EnrolledParty> parties = DemoJob.parties(participants, FreePorts.find(PartyId.values().length));
            JobKeys keys;
            GroupKeys group;
            try (KeyMaking making = KeyMaking.start(folder, parties)) {
                Rule rule = kind.rule(scenario.slots(), scenario.parameters());
                keys = LongStep.run("setup", () -> new KeyCache(keyCache).keysOf(rule));
                step.accept(keys.origin().warning() + " of a circuit with "
                        + keys.circuit().constraints() + " constraints");
                group = making.await();
            }
            step.accept("the parties have made their key; nobody holds it");
            JobTerms terms = new JobTerms(DemoJob.define(
                    profile,
                    kind,
                    scenario,
                    participants,
                    parties,
                    group,
                    posting,
                    new ChainBinding(Anvil.DEFAULT_CHAIN_ID, chain.registry()),
                    keys));
            folder.write(folder.jobFile(), JobFile.bytes(terms.definition()));
            folder.write(folder.basisFile(), keys.basis().bytes());
            folder.write(folder.verifyingKeyFile(), keys.verifyingKey().bytes());
            chain.register(terms, keys.verifyingKey());
            step.accept("contracts deployed, job registered");
            return new LocalNetwork(folder, scenario, chain, terms, keyCache);
        } catch (IOException | InterruptedException | RuntimeException e) {
            chain.close();
            throw e;
        }
    }

    public JobTerms terms() {
        return terms;
    }

    public DemoChain chain() {
        return chain;
    }

    public DemoFolder folder() {
        return folder;
    }

    DemoProcesses processes() {
        return processes;
    }

    /** The events of a party. */
    public EventTail events(PartyId party) {
        return new EventTail(state(party).resolve(EVENTS));
    }

    /** Its journal, events, logs and Flink's files. */
    public Path state(PartyId party) {
        return folder.of(EnrolledParty.writer(party));
    }

    void startParties() {
        for (PartyId party : PartyId.values()) {
            startParty(party, Map.of());
        }
    }

    /** @param settings added to the party's configuration, or instead of what stands there */
    void startParty(PartyId party, Map<String, Object> settings) {
        processes.add(party(party, settings, List.of()));
    }

    /**
     * A party process that the caller closes.
     *
     * @param virtualMachine further flags for Java
     */
    public ChildProcess party(PartyId party, Map<String, Object> settings, List<String> virtualMachine) {
        String name = EnrolledParty.writer(party);
        Path posterKey = folder.of(name).resolve(POSTER_KEY);
        folder.writePrivate(posterKey, Anvil.FUNDED_KEYS.get(party.index()).getBytes(StandardCharsets.UTF_8));
        Map<String, Object> configuration = new LinkedHashMap<>();
        configuration.put("version", 1);
        configuration.put("party", party.index());
        configuration.put("stateDirectory", state(party).toString());
        configuration.put("boardDirectory", folder.board().toString());
        configuration.put("jobFile", folder.jobFile().toString());
        configuration.put("keyFile", folder.keys(name).toString());
        configuration.put("passphraseFile", folder.passphrase(name).toString());
        configuration.put("resultKeyStore", folder.resultStore(name).toString());
        configuration.put("rpcUrl", chain.url().toString());
        configuration.put("depth", chain.life().depth());
        configuration.put("posterKeyFile", posterKey.toString());
        configuration.put("keyCacheDirectory", keyCache.toAbsolutePath().toString());
        settings.forEach((key, value) -> configuration.put(key, value instanceof Path ? value.toString() : value));
        Path file = folder.of(name).resolve(PARTY_CONFIGURATION);
        folder.write(file, json(configuration));
        List<String> flags = new ArrayList<>(DemoProcesses.PARTY);
        flags.addAll(virtualMachine);
        return ChildProcess.start(name, flags, List.of("party", "--config", file.toString()), folder.log(name));
    }

    /** @param awaited names: the feeder goes on when the parties have decided about a new book of each of these */
    void startFeeder(List<String> awaited, long intervalMillis, long limitMillis) {
        processes.add(feeder(awaited, intervalMillis, limitMillis));
    }

    /** The feeder's process, which the caller closes; see {@link #startFeeder}. */
    public ChildProcess feeder(List<String> awaited, long intervalMillis, long limitMillis) {
        String name = terms.definition().feeder().name();
        Path values = folder.of(name).resolve("values.csv");
        FeedTable table = terms.kind().feed(terms.feedInputs(), scenario.parameters());
        String text = table.write(
                scenario.windows().stream().map(Scenario.Window::feed).toList());
        folder.write(values, text.getBytes(StandardCharsets.UTF_8));
        List<String> arguments = new ArrayList<>(List.of(
                "feed",
                "--job",
                folder.jobFile().toString(),
                "--board",
                folder.board().toString(),
                "--keys",
                folder.keys(name).toString(),
                "--passphrase",
                folder.passphrase(name).toString(),
                "--values",
                values.toString(),
                "--interval",
                Long.toString(intervalMillis)));
        if (!awaited.isEmpty()) {
            arguments.addAll(
                    List.of("--await", String.join(",", awaited), "--await-limit", Long.toString(limitMillis)));
        }
        return ChildProcess.start(name, DemoProcesses.SMALL, arguments, folder.log(name));
    }

    void startContributors(long limitSeconds) {
        for (int i = 0; i < scenario.institutions().size(); i++) {
            startContributor(i, limitSeconds);
        }
    }

    /** @param institution index in the scenario */
    void startContributor(int institution, long limitSeconds) {
        processes.add(contributor(institution, limitSeconds));
    }

    /** A contributor's process, which the caller closes; see {@link #startContributor}. */
    public ChildProcess contributor(int institution, long limitSeconds) {
        Scenario.Institution owner = scenario.institutions().get(institution);
        List<List<List<BigInteger>>> books = scenario.windows().stream()
                .map(window -> window.books().get(institution))
                .toList();
        Path file = folder.of(owner.name()).resolve("books.csv");
        BookFile format = new BookFile(
                terms.kind().books(terms.role(terms.contributor(owner.name()).orElseThrow()), scenario.parameters()),
                owner.slots());
        String text = format.writeThroughTime(books);
        folder.writePrivate(file, text.getBytes(StandardCharsets.UTF_8));
        return ChildProcess.start(
                owner.name(),
                DemoProcesses.SMALL,
                List.of(
                        "contribute",
                        "--job",
                        folder.jobFile().toString(),
                        "--board",
                        folder.board().toString(),
                        "--basis",
                        folder.basisFile().toString(),
                        "--keys",
                        folder.keys(owner.name()).toString(),
                        "--passphrase",
                        folder.passphrase(owner.name()).toString(),
                        "--wait",
                        Long.toString(limitSeconds),
                        "--follow",
                        file.toString()),
                folder.log(owner.name()));
    }

    /** 0x and hexadecimal digits. */
    static String address(ByteString bytes) {
        return "0x" + HexFormat.of().formatHex(bytes.toByteArray());
    }

    @Override
    public void close() {
        processes.close();
        chain.close();
    }

    private static byte[] json(Map<String, Object> configuration) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(configuration);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts and numbers", e);
        }
    }
}
