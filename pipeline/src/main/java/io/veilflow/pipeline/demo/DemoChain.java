package io.veilflow.pipeline.demo;

import com.google.protobuf.ByteString;
import io.veilflow.contracts.Anvil;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.job.kind.Consumption;
import io.veilflow.pipeline.post.Deployment;
import io.veilflow.pipeline.post.GuardPolicy;
import io.veilflow.pipeline.post.MarketGuardClient;
import io.veilflow.pipeline.post.PosterAccount;
import io.veilflow.pipeline.post.RegisteredJob;
import io.veilflow.zk.key.VerifyingKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/** A fresh test chain with the contracts of one job on it. Its accounts are public and hold nothing. */
final class DemoChain implements AutoCloseable {
    /** Two bits of level; pause from level 2 up; resume after two calm windows. */
    private static final GuardPolicy POLICY = GuardPolicy.ofLevel(2, 2, 2, Duration.ofHours(1));

    private static final Duration INCLUSION = Duration.ofSeconds(30);
    /** Accounts 0 to 2 are the parties' posters. */
    private static final int DEPLOYER = 3;

    private final Anvil node;
    private final Deployment deployment;
    private final ByteString registry;

    private DemoChain(Anvil node, Deployment deployment) {
        this.node = node;
        this.deployment = deployment;
        this.registry = deployment.deployRegistry();
    }

    /** @param state where the node leaves the chain when it ends */
    static DemoChain start(Path state) throws IOException {
        Anvil node = Anvil.start(Anvil.DEFAULT_CHAIN_ID, List.of("--dump-state", state.toString()));
        try {
            return new DemoChain(
                    node, Deployment.connect(node.url(), Anvil.DEFAULT_CHAIN_ID, account(DEPLOYER), INCLUSION));
        } catch (RuntimeException e) {
            node.close();
            throw e;
        }
    }

    URI url() {
        return node.url();
    }

    /** Address, 20 bytes. */
    ByteString registry() {
        return registry;
    }

    void register(JobTerms terms, VerifyingKey key) {
        ByteString verifier = deployment.deployVerifier(ByteString.copyFrom(key.bytes()));
        deployment.registerJob(registry, terms.jobId(), RegisteredJob.of(terms, verifier));
    }

    /** The contract that acts on the job's results, deployed. The caller closes it. */
    DemoConsumer deployConsumer(JobTerms terms) {
        Consumption consumption = terms.kind().consumption();
        return switch (consumption.contract()) {
            case MARKET_GUARD -> {
                ByteString guard = deployment.deployGuard(registry, terms.jobId(), POLICY);
                yield new GuardConsumer(
                        guard,
                        MarketGuardClient.connect(
                                node.url(), Anvil.DEFAULT_CHAIN_ID, guard, account(DEPLOYER), INCLUSION));
            }
            case RISK_FEED, SETTLEMENT_ESCROW, VOTE_EXECUTOR, ELIGIBILITY_LIST, NONE ->
                new RegistryConsumer("no contract of its own: " + consumption.explanation());
        };
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
