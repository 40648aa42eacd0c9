package io.veilflow.pipeline.job;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Profile;
import io.veilflow.pipeline.encoding.Fields;
import io.veilflow.pipeline.encoding.Hashes;
import io.veilflow.pipeline.job.kind.JobKind;
import io.veilflow.pipeline.job.kind.JobRole;
import io.veilflow.pipeline.job.kind.JobSlots;
import io.veilflow.zk.rule.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One job: what is computed, by whom, on whose data, where it is posted. Read with {@link JobFile#read}; its hash is part
 * of every record's signature, of the manifest and of the party handshake, so two parties with different job files never
 * compute together.
 *
 * @param name lower-case letters, digits and hyphens, at most 32
 * @param profile security profile of the parties' sessions
 * @param environment which keys the parties take
 * @param program what is computed
 * @param contributors role by role, in slot order; the slots of a role are contiguous from 0
 * @param parties P0, P1, P2
 * @param group public keys of what the three hold together
 * @param keyDigest keccak256 of the verifying key, 32 bytes
 * @param basisDigest SHA-256 of the commitment basis, 32 bytes
 */
public record JobDefinition(
        String name,
        Profile profile,
        Environment environment,
        JobProgram program,
        List<EnrolledContributor> contributors,
        List<EnrolledParty> parties,
        GroupKeys group,
        EnrolledFeeder feeder,
        WindowPolicy windows,
        ChainBinding chain,
        ByteString keyDigest,
        ByteString basisDigest) {
    /** Of a job that does not say otherwise. */
    public static final Profile DEFAULT_PROFILE = Profile.M;

    public JobDefinition {
        contributors = List.copyOf(contributors);
        parties = List.copyOf(parties);
    }

    /** docs/wire.md, section 2; the {@code bytes32} of the contracts. */
    public static byte[] jobId(String name) {
        return Hashes.sha256Fields("veilflow/job/1", Fields.text(name));
    }

    public byte[] jobId() {
        return jobId(name);
    }

    /** Hash of the canonical job file (docs/wire.md, section 2). */
    public byte[] configurationHash() {
        return Hashes.sha256Fields("veilflow/configuration/1", JobFile.bytes(this));
    }

    /** Slots of all contributors together. */
    public int slots() {
        return contributors.stream().mapToInt(EnrolledContributor::slots).sum();
    }

    /** Slots of every role of the kind, by owner. */
    public JobSlots roleSlots() {
        List<JobRole> roles = program.kind().roles();
        Map<String, List<Integer>> owners = new LinkedHashMap<>();
        for (int role = 0; role < roles.size(); role++) {
            List<Integer> slots = new ArrayList<>();
            for (EnrolledContributor contributor : contributors) {
                if (contributor.role() == role) {
                    slots.add(contributor.slots());
                }
            }
            owners.put(roles.get(role).name(), slots);
        }
        return new JobSlots(owners);
    }

    /** The rule with the slots of this job, built anew; {@link JobTerms} keeps it. */
    public Rule rule() {
        JobKind kind = program.kind();
        return kind.rule(roleSlots(), program.parameters());
    }

    public EnrolledParty party(PartyId id) {
        return parties.get(id.index());
    }

    public Optional<EnrolledContributor> contributor(String contributorName) {
        return contributors.stream()
                .filter(contributor -> contributor.name().equals(contributorName))
                .findFirst();
    }
}
