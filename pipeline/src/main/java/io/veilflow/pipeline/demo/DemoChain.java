package io.veilflow.pipeline.demo;

import com.google.protobuf.ByteString;
import io.veilflow.contracts.Anvil;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.job.kind.Consumption;
import io.veilflow.pipeline.post.ConsumerAccount;
import io.veilflow.pipeline.post.Deployment;
import io.veilflow.pipeline.post.EligibilityListClient;
import io.veilflow.pipeline.post.GuardPolicy;
import io.veilflow.pipeline.post.MarketGuardClient;
import io.veilflow.pipeline.post.PosterAccount;
import io.veilflow.pipeline.post.PublishedPlace;
import io.veilflow.pipeline.post.RiskFeedClient;
import io.veilflow.pipeline.post.VoteExecutorClient;
import io.veilflow.zk.key.VerifyingKey;
import io.veilflow.zk.rule.Rule;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A fresh test chain with the contracts of one job on it. Its accounts are public and hold nothing. */
public final class DemoChain implements AutoCloseable {
    /** Two bits of level; pause from level 2 up; resume after two calm windows. */
    private static final int LEVEL_BITS = 2;

    private static final int PAUSE_LEVEL = 2;
    private static final int CALM_WINDOWS = 2;
    /** With a grid of shocks the market must bear the first two. */
    private static final int SHOCKS_TO_BEAR = 2;

    private static final String SMALLEST_SHOCK = "stop-at";
    private static final Duration INCLUSION = Duration.ofSeconds(30);
    /** Accounts 0 to 2 are the parties' posters. */
    private static final int DEPLOYER = 3;

    private static final int CONSUMER = 4;
    private static final int ADDRESS_BYTES = 20;
    /** Addresses of nobody: no key is known. */
    private static final int BENEFICIARY = 1 << 20;

    private static final Duration MAX_AGE = Duration.ofHours(1);

    private final Path state;
    private final ChainLife life;
    private final Deployment deployment;
    private final ByteString registry;
    private Anvil node;

    private DemoChain(Path state, ChainLife life, Anvil node, Deployment deployment) {
        this.state = state;
        this.life = life;
        this.node = node;
        this.deployment = deployment;
        this.registry = deployment.deployRegistry();
    }

    /** @param state where the chain is kept */
    static DemoChain start(Path state, ChainLife life) throws IOException {
        Anvil node = Anvil.start(Anvil.DEFAULT_CHAIN_ID, life.options(state));
        try {
            return new DemoChain(
                    state,
                    life,
                    node,
                    Deployment.connect(node.url(), Anvil.DEFAULT_CHAIN_ID, account(DEPLOYER), INCLUSION));
        } catch (RuntimeException e) {
            node.close();
            throw e;
        }
    }

    /** Starts a node that has ended again, at the same place and with the chain that its file has. */
    public void startAgain() throws IOException {
        int port = node.url().getPort();
        node.close();
        node = Anvil.start(Anvil.DEFAULT_CHAIN_ID, port, life.options(state));
    }

    /** The node's process, for those who let it fail. */
    public ProcessHandle process() {
        return node.process();
    }

    /** Where the chain is kept. */
    public Path state() {
        return state;
    }

    ChainLife life() {
        return life;
    }

    public URI url() {
        return node.url();
    }

    /** Address, 20 bytes. */
    public ByteString registry() {
        return registry;
    }

    void register(JobTerms terms, VerifyingKey key) {
        deployment.deployJob(terms, ByteString.copyFrom(key.bytes()));
    }

    /**
     * The contract that acts on the job's results, deployed. The caller closes it.
     *
     * @param windows that will be posted
     */
    DemoConsumer deployConsumer(JobTerms terms, int windows) {
        Consumption consumption = terms.kind().consumption();
        ByteString job = terms.jobId();
        PublishedPlace place = PublishedPlace.of(terms.rule(), consumption.output(terms.rule()));
        return switch (consumption.contract()) {
            case MARKET_GUARD -> {
                ByteString guard = deployment.deployGuard(registry, job, guardPolicy(terms.rule()));
                yield new GuardConsumer(
                        guard,
                        MarketGuardClient.connect(
                                node.url(), Anvil.DEFAULT_CHAIN_ID, guard, account(DEPLOYER), INCLUSION));
            }
            case RISK_FEED -> {
                ConsumerAccount account = consumerAccount();
                String output = consumption.output(terms.rule());
                yield new FeedConsumer(
                        account, RiskFeedClient.deploy(account, registry, job, place, output, MAX_AGE), output);
            }
            case SETTLEMENT_ESCROW ->
                new EscrowConsumer(consumerAccount(), registry, job, place, nobody(BENEFICIARY), windows);
            case VOTE_EXECUTOR -> {
                ConsumerAccount account = consumerAccount();
                VoteExecutorClient executor = VoteExecutorClient.deploy(account, registry, job, place, MAX_AGE);
                yield new VoteConsumer(account, executor, registry, job, windows);
            }
            case ELIGIBILITY_LIST -> {
                ConsumerAccount account = consumerAccount();
                List<ByteString> owners = owners(account, terms.definition().slots());
                yield new ListConsumer(account, EligibilityListClient.deploy(account, registry, job, owners, MAX_AGE));
            }
            case NONE -> new RegistryConsumer("none; " + consumption.explanation());
        };
    }

    private static GuardPolicy guardPolicy(Rule rule) {
        if (rule.outputs().stream().noneMatch(output -> output.name().equals(SMALLEST_SHOCK))) {
            return GuardPolicy.ofLevel(LEVEL_BITS, PAUSE_LEVEL, CALM_WINDOWS, MAX_AGE);
        }
        PublishedPlace shock = PublishedPlace.of(rule, SMALLEST_SHOCK);
        return new GuardPolicy(
                LEVEL_BITS, PAUSE_LEVEL, shock.offset(), shock.bits(), SHOCKS_TO_BEAR, CALM_WINDOWS, MAX_AGE);
    }

    private ConsumerAccount consumerAccount() {
        return ConsumerAccount.connect(node.url(), Anvil.DEFAULT_CHAIN_ID, account(CONSUMER), INCLUSION);
    }

    /** The account owns slot 0; the others are addresses of nobody. */
    private static List<ByteString> owners(ConsumerAccount account, int slots) {
        List<ByteString> owners = new ArrayList<>(List.of(account.address()));
        for (int slot = 1; slot < slots; slot++) {
            owners.add(nobody(slot));
        }
        return owners;
    }

    private static ByteString nobody(int number) {
        return ByteString.copyFrom(
                ByteBuffer.allocate(ADDRESS_BYTES).putInt(number).array());
    }

    private static PosterAccount account(int index) {
        return PosterAccount.of(
                HexFormat.of().parseHex(Anvil.FUNDED_KEYS.get(index).substring(2)));
    }

    @Override
    public void close() {
        deployment.close();
        node.close();
    }
}
