package io.veilflow.pipeline.job;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Profile;
import io.veilflow.pipeline.encoding.Fields;
import io.veilflow.pipeline.encoding.Hashes;
import io.veilflow.zk.rule.MarketHealthRule;
import io.veilflow.zk.rule.Rule;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One job: what is computed, by whom, on whose data, where it is posted. Read with {@link JobFile#read}; its hash is part
 * of every record's signature, of the manifest and of the party handshake, so two parties with different job files never
 * compute together.
 *
 * @param name lower-case letters, digits and hyphens, at most 32
 * @param profile security profile of the parties' sessions
 * @param marketHealth the parameters of the rule
 * @param contributors in slot order; their slots are contiguous from 0
 * @param parties P0, P1, P2
 * @param keyDigest keccak256 of the verifying key, 32 bytes
 * @param basisDigest SHA-256 of the commitment basis, 32 bytes
 */
public record JobDefinition(
        String name,
        Profile profile,
        MarketHealthJob marketHealth,
        List<EnrolledContributor> contributors,
        List<EnrolledParty> parties,
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

    /** The rule with the slots of this job. */
    public MarketHealthRule marketHealthRule() {
        return MarketHealthRule.of(marketHealth.assets().size(), slots());
    }

    public Rule rule() {
        return marketHealthRule().rule();
    }

    /** Values of the PARAMETER inputs of the rule, in declared order. */
    public List<BigInteger> parameterValues() {
        return marketHealth.parameterValues();
    }

    /**
     * Public inputs of the rule in declared order.
     *
     * @param feedValues of the FEED inputs, in declared order, as a tick has them
     */
    public List<BigInteger> publicInputs(List<BigInteger> feedValues) {
        List<BigInteger> inputs = new ArrayList<>(feedValues);
        inputs.addAll(parameterValues());
        return inputs;
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
