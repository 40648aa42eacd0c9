package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;
import io.veilflow.contracts.Anvil;
import io.veilflow.datasets.schema.Asset;
import io.veilflow.mpc.session.Profile;
import io.veilflow.pipeline.board.SampleWriters;
import io.veilflow.pipeline.job.ChainBinding;
import io.veilflow.pipeline.job.EnrolledContributor;
import io.veilflow.pipeline.job.EnrolledFeeder;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.Environment;
import io.veilflow.pipeline.job.GroupKeys;
import io.veilflow.pipeline.job.JobDefinition;
import io.veilflow.pipeline.job.PostingPolicy;
import io.veilflow.pipeline.job.SampleJob;
import io.veilflow.pipeline.job.WindowPolicy;
import io.veilflow.zk.key.JobKeys;
import java.util.List;
import java.util.OptionalInt;

/** The job of a {@link PartyWorld}: market health, two banks with two slots each, two assets. */
final class WorldJob {
    private WorldJob() {}

    static JobDefinition definition(
            List<EnrolledParty> parties, GroupKeys group, ByteString registry, JobKeys keys, PostingPolicy posting) {
        return new JobDefinition(
                "market-health",
                Profile.M,
                Environment.DEVELOPMENT,
                SampleJob.market(List.of(new Asset("weth", 6, 8_250), new Asset("usdc", 6, 8_500)), 500, 2_500, 6_000),
                List.of(
                        new EnrolledContributor("bank-a", SampleWriters.publicKey("bank-a"), 0, 0, 2),
                        new EnrolledContributor("bank-b", SampleWriters.publicKey("bank-b"), 0, 2, 2)),
                parties,
                group,
                new EnrolledFeeder("feeder", SampleWriters.publicKey("feeder")),
                new WindowPolicy(0, 1_000, 2, OptionalInt.empty(), 4, posting),
                new ChainBinding(Anvil.DEFAULT_CHAIN_ID, registry),
                ByteString.copyFrom(keys.verifyingKey().digest()),
                ByteString.copyFrom(keys.basis().digest()));
    }
}
