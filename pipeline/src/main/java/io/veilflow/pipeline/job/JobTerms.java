package io.veilflow.pipeline.job;

import com.google.protobuf.ByteString;
import io.veilflow.zk.rule.InputField;
import io.veilflow.zk.rule.Origin;
import io.veilflow.zk.rule.PublicInput;
import io.veilflow.zk.rule.Role;
import io.veilflow.zk.rule.Rule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A job with its hashes and its rule worked out once: what every submission, accept list and manifest of the job is held
 * against. Immutable.
 */
public final class JobTerms {
    /** Of submissions. */
    public static final int SCHEMA_VERSION = 1;

    private final JobDefinition definition;
    private final ByteString jobId;
    private final ByteString configurationHash;
    private final ByteString ruleHash;
    private final Rule rule;
    private final Role role;
    private final List<String> logs;

    /** @throws IllegalArgumentException if the rule's slots are not all of one role, or are not the job's */
    public JobTerms(JobDefinition definition) {
        this.definition = definition;
        this.jobId = ByteString.copyFrom(definition.jobId());
        this.configurationHash = ByteString.copyFrom(definition.configurationHash());
        this.rule = definition.rule();
        this.ruleHash = ByteString.copyFrom(rule.hash());
        if (rule.roles().size() != 1 || rule.roles().get(0).slots() != definition.slots()) {
            throw new IllegalArgumentException("a job's rule has one role, with the slots of the job");
        }
        this.role = rule.roles().get(0);
        this.logs = Stream.concat(
                        definition.contributors().stream().map(EnrolledContributor::name),
                        Stream.of(definition.feeder().name()))
                .sorted()
                .toList();
    }

    public JobDefinition definition() {
        return definition;
    }

    /** 32 bytes. */
    public ByteString jobId() {
        return jobId;
    }

    /** 32 bytes. */
    public ByteString configurationHash() {
        return configurationHash;
    }

    /** 32 bytes. */
    public ByteString ruleHash() {
        return ruleHash;
    }

    public Rule rule() {
        return rule;
    }

    /** Names of the logs that a cut lists, ascending: all contributors and the feeder. */
    public List<String> logs() {
        return logs;
    }

    /** Secret numbers of one slot. */
    public int wiresPerSlot() {
        return role.fields().size();
    }

    /** Secret numbers of a contributor's whole book. */
    public int wires(EnrolledContributor contributor) {
        return contributor.slots() * wiresPerSlot();
    }

    /** Index of a contributor's first secret number among all of the job's. */
    public int firstWire(EnrolledContributor contributor) {
        return contributor.firstSlot() * wiresPerSlot();
    }

    /** Declared name and width of a secret number of a slot. */
    public InputField field(int wireOfSlot) {
        return role.fields().get(wireOfSlot);
    }

    /** The inputs of the rule that ticks carry, in declared order. */
    public List<PublicInput> feedInputs() {
        return rule.publicInputs().stream()
                .filter(input -> input.origin() == Origin.FEED)
                .toList();
    }

    public Optional<EnrolledContributor> contributor(String name) {
        return definition.contributor(name);
    }
}
