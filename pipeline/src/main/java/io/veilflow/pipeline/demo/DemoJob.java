package io.veilflow.pipeline.demo;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Profile;
import io.veilflow.pipeline.identity.PublicIdentity;
import io.veilflow.pipeline.job.ChainBinding;
import io.veilflow.pipeline.job.EnrolledContributor;
import io.veilflow.pipeline.job.EnrolledFeeder;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.Environment;
import io.veilflow.pipeline.job.GroupKeys;
import io.veilflow.pipeline.job.JobDefinition;
import io.veilflow.pipeline.job.JobProgram;
import io.veilflow.pipeline.job.PostingPolicy;
import io.veilflow.pipeline.job.WindowPolicy;
import io.veilflow.pipeline.job.kind.JobKind;
import io.veilflow.pipeline.job.kind.JobRole;
import io.veilflow.pipeline.job.kind.Scenario;
import io.veilflow.zk.key.JobKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Makes the job of a demo run out of its scenario and its participants. */
final class DemoJob {
    /** Event time is counted, not taken from a clock. */
    private static final long START_MILLIS = 1_620_000_000_000L;

    private static final long WINDOW_MILLIS = 60_000;

    private DemoJob() {}

    /**
     * @param profile of the parties' sessions
     * @param parties as {@link #parties} lists them
     * @param group what the parties hold together
     * @param posting what the registry is told
     */
    static JobDefinition define(
            Profile profile,
            JobKind kind,
            Scenario scenario,
            Participants participants,
            List<EnrolledParty> parties,
            GroupKeys group,
            PostingPolicy posting,
            ChainBinding chain,
            JobKeys keys) {
        return new JobDefinition(
                kind.name(),
                profile,
                Environment.DEVELOPMENT,
                new JobProgram(kind.name(), scenario.parameters()),
                contributors(kind, scenario, participants),
                parties,
                group,
                new EnrolledFeeder(participants.feeder().name(), identityKey(participants.feeder())),
                new WindowPolicy(START_MILLIS, WINDOW_MILLIS, 1, OptionalInt.empty(), 2, posting),
                chain,
                ByteString.copyFrom(keys.verifyingKey().digest()),
                ByteString.copyFrom(keys.basis().digest()));
    }

    private static List<EnrolledContributor> contributors(JobKind kind, Scenario scenario, Participants participants) {
        List<String> roles = kind.roles().stream().map(JobRole::name).toList();
        int[] nextSlot = new int[roles.size()];
        List<EnrolledContributor> contributors = new ArrayList<>();
        for (int i = 0; i < scenario.institutions().size(); i++) {
            Scenario.Institution institution = scenario.institutions().get(i);
            ByteString key = identityKey(participants.institutions().get(i));
            int role = roles.indexOf(institution.role());
            contributors.add(
                    new EnrolledContributor(institution.name(), key, role, nextSlot[role], institution.slots()));
            nextSlot[role] += institution.slots();
        }
        return contributors;
    }

    /** @param ports on which the parties' links listen, on this machine */
    static List<EnrolledParty> parties(Participants participants, List<Integer> ports) {
        List<EnrolledParty> parties = new ArrayList<>();
        for (PartyId id : PartyId.values()) {
            PublicIdentity identity = participants.parties().get(id.index());
            PublicIdentity.PartyKeys keys = identity.party().orElseThrow();
            parties.add(new EnrolledParty(
                    id,
                    "127.0.0.1",
                    ports.get(id.index()),
                    identityKey(identity),
                    ByteString.copyFrom(keys.certificatePin())));
        }
        return parties;
    }

    private static ByteString identityKey(PublicIdentity identity) {
        return ByteString.copyFrom(identity.identityKey().bytes());
    }
}
