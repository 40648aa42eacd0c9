package io.veilflow.pipeline.demo;

import com.google.protobuf.ByteString;
import io.veilflow.datasets.schema.Institution;
import io.veilflow.datasets.schema.Market;
import io.veilflow.datasets.schema.RiskLimits;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Profile;
import io.veilflow.pipeline.identity.PublicIdentity;
import io.veilflow.pipeline.job.Asset;
import io.veilflow.pipeline.job.ChainBinding;
import io.veilflow.pipeline.job.EnrolledContributor;
import io.veilflow.pipeline.job.EnrolledFeeder;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.JobDefinition;
import io.veilflow.pipeline.job.MarketHealthJob;
import io.veilflow.pipeline.job.WindowPolicy;
import io.veilflow.zk.key.JobKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** Makes the job of a demo run out of its market and its participants. */
final class DemoJob {
    static final String NAME = "market-health";
    /** Event time of the generated and of the real market is counted, not taken from a clock. */
    private static final WindowPolicy WINDOWS = new WindowPolicy(1_620_000_000_000L, 60_000, 1, OptionalInt.empty(), 2);

    private DemoJob() {}

    static MarketHealthJob marketHealth(Market market) {
        List<Asset> assets = market.assets().stream()
                .map(asset -> new Asset(
                        asset.symbol().toLowerCase(Locale.ROOT), asset.decimals(), asset.liquidationThreshold()))
                .toList();
        RiskLimits limits = market.limits();
        return new MarketHealthJob(assets, List.of(limits.first(), limits.second(), limits.third()));
    }

    /**
     * @param profile of the parties' sessions
     * @param ports on which the parties' links listen, on this machine
     */
    static JobDefinition define(
            Profile profile,
            Market market,
            Participants participants,
            List<Integer> ports,
            ChainBinding chain,
            JobKeys keys) {
        return new JobDefinition(
                NAME,
                profile,
                marketHealth(market),
                contributors(market, participants),
                parties(participants, ports),
                new EnrolledFeeder(participants.feeder().name(), identityKey(participants.feeder())),
                WINDOWS,
                chain,
                ByteString.copyFrom(keys.verifyingKey().digest()),
                ByteString.copyFrom(keys.basis().digest()));
    }

    private static List<EnrolledContributor> contributors(Market market, Participants participants) {
        List<EnrolledContributor> contributors = new ArrayList<>();
        int firstSlot = 0;
        for (int i = 0; i < market.institutions().size(); i++) {
            Institution institution = market.institutions().get(i);
            ByteString key = identityKey(participants.institutions().get(i));
            contributors.add(new EnrolledContributor(institution.name(), key, firstSlot, institution.slots()));
            firstSlot += institution.slots();
        }
        return contributors;
    }

    private static List<EnrolledParty> parties(Participants participants, List<Integer> ports) {
        List<EnrolledParty> parties = new ArrayList<>();
        for (PartyId id : PartyId.values()) {
            PublicIdentity identity = participants.parties().get(id.index());
            PublicIdentity.PartyKeys keys = identity.party().orElseThrow();
            parties.add(new EnrolledParty(
                    id,
                    "127.0.0.1",
                    ports.get(id.index()),
                    identityKey(identity),
                    ByteString.copyFrom(keys.certificatePin()),
                    ByteString.copyFrom(keys.resultAddress())));
        }
        return parties;
    }

    private static ByteString identityKey(PublicIdentity identity) {
        return ByteString.copyFrom(identity.identityKey().bytes());
    }
}
