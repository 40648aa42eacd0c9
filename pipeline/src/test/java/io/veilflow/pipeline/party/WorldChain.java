package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;
import io.veilflow.contracts.Anvil;
import io.veilflow.contracts.testing.TestChain;
import io.veilflow.pipeline.job.JobDefinition;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.post.Deployment;
import io.veilflow.pipeline.post.EthereumChain;
import io.veilflow.pipeline.post.EthereumView;
import io.veilflow.pipeline.post.PosterAccount;
import io.veilflow.pipeline.post.PosterOptions;
import io.veilflow.zk.key.JobKeys;
import java.net.URI;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/** The registry of a {@link PartyWorld}'s job, and accounts of a test node that pay. */
final class WorldChain {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final int DEPLOYER = 4;

    private WorldChain() {}

    /** @param job by the registry's address */
    static JobTerms deploy(TestChain node, JobKeys keys, Function<ByteString, JobDefinition> job) {
        try (Deployment deployment =
                Deployment.connect(URI.create(node.url()), Anvil.DEFAULT_CHAIN_ID, account(DEPLOYER), DEADLINE)) {
            JobTerms terms = new JobTerms(job.apply(deployment.deployRegistry()));
            deployment.deployJob(terms, ByteString.copyFrom(keys.verifyingKey().bytes()));
            return terms;
        }
    }

    /** @param k account that pays */
    static EthereumChain connect(TestChain node, JobTerms terms, int k) {
        return EthereumChain.connect(
                List.of(URI.create(node.url())),
                Anvil.DEFAULT_CHAIN_ID,
                terms.definition().chain().registry(),
                account(k),
                PosterOptions.of(0, DEADLINE));
    }

    static EthereumView view(TestChain node, JobTerms terms) {
        return EthereumView.connect(
                URI.create(node.url()), terms.definition().chain().registry());
    }

    private static PosterAccount account(int k) {
        return PosterAccount.of(HexFormat.of().parseHex(Anvil.FUNDED_KEYS.get(k).substring(2)));
    }
}
