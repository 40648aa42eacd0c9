package io.veilflow.pipeline.job;

import com.google.protobuf.ByteString;
import io.veilflow.datasets.schema.Asset;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.threshold.KeyShare;
import io.veilflow.pipeline.job.standard.MarketHealthJob;
import io.veilflow.pipeline.sign.SampleGroup;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.LongStream;

/** A small well-formed job for tests: two assets, two contributors of two slots, keys that are filled with one byte. */
public final class SampleJob {
    /** Of the name "market-health". */
    public static final String JOB_ID = "069450cfc11057367b50676d66b46c01c070ac82278f181d0941020cf7f7b263";

    private SampleJob() {}

    public static JobDefinition definition() {
        return new JobDefinition(
                "market-health",
                Profile.M,
                Environment.DEVELOPMENT,
                market(List.of(new Asset("usdc", 6, 8_500), new Asset("weth", 8, 8_000)), 500, 1_500, 3_000),
                List.of(
                        new EnrolledContributor("bank-a", filled(32, 1), 0, 0, 2),
                        new EnrolledContributor("bank-b", filled(32, 2), 0, 2, 2)),
                List.of(party(0), party(1), party(2)),
                group(),
                new EnrolledFeeder("feeder", filled(32, 3)),
                new WindowPolicy(0, 1_000, 2, OptionalInt.empty(), 2, PostingPolicy.provenOnly()),
                new ChainBinding(31_337, filled(20, 4)),
                filled(32, 5),
                filled(32, 6));
    }

    /** The parties' shares of the key that signs results, dealt by one hand; the same in every run. The caller closes them. */
    public static List<KeyShare> resultShares() {
        return SampleGroup.resultShares();
    }

    /** With the public side of {@link #resultShares}. */
    public static GroupKeys group() {
        return GroupKeys.ofResults(SampleGroup.keys().resultKey());
    }

    /** A market-health program. */
    public static JobProgram market(List<Asset> assets, long... limitsBps) {
        return new JobProgram(
                "market-health",
                MarketHealthJob.parameters(
                        assets, LongStream.of(limitsBps).boxed().toList()));
    }

    public static JobDefinition with(JobDefinition job, WindowPolicy windows) {
        return new JobDefinition(
                job.name(),
                job.profile(),
                job.environment(),
                job.program(),
                job.contributors(),
                job.parties(),
                job.group(),
                job.feeder(),
                windows,
                job.chain(),
                job.keyDigest(),
                job.basisDigest());
    }

    public static JobDefinition with(JobDefinition job, Profile profile) {
        return new JobDefinition(
                job.name(),
                profile,
                job.environment(),
                job.program(),
                job.contributors(),
                job.parties(),
                job.group(),
                job.feeder(),
                job.windows(),
                job.chain(),
                job.keyDigest(),
                job.basisDigest());
    }

    public static JobDefinition with(JobDefinition job, GroupKeys group) {
        return new JobDefinition(
                job.name(),
                job.profile(),
                job.environment(),
                job.program(),
                job.contributors(),
                job.parties(),
                group,
                job.feeder(),
                job.windows(),
                job.chain(),
                job.keyDigest(),
                job.basisDigest());
    }

    private static EnrolledParty party(int index) {
        return new EnrolledParty(
                PartyId.of(index), "127.0.0.1", 7_000 + index, filled(32, 10 + index), filled(32, 20 + index));
    }

    private static ByteString filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return ByteString.copyFrom(bytes);
    }
}
