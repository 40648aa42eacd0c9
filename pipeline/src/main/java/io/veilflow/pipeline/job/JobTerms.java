package io.veilflow.pipeline.job;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.job.kind.JobKind;
import io.veilflow.pipeline.job.kind.JobRole;
import io.veilflow.pipeline.job.kind.JobSlots;
import io.veilflow.zk.rule.InputField;
import io.veilflow.zk.rule.NodeOperation;
import io.veilflow.zk.rule.Origin;
import io.veilflow.zk.rule.PublicInput;
import io.veilflow.zk.rule.Role;
import io.veilflow.zk.rule.Rule;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A job with its hashes and its rule worked out once: what every submission, accept list and manifest of the job is held
 * against. Immutable.
 */
public final class JobTerms {
    /** Of submissions. */
    public static final int SCHEMA_VERSION = 2;

    private final JobDefinition definition;
    private final JobKind kind;
    private final ByteString jobId;
    private final ByteString configurationHash;
    private final ByteString ruleHash;
    private final Rule rule;
    private final List<BigInteger> parameterInputs;
    private final List<String> logs;
    private final Map<String, EnrolledContributor> contributors = new HashMap<>();

    /**
     * @throws io.veilflow.zk.rule.RuleException if the rule cannot be built with these slots and parameters
     * @throws IllegalArgumentException if rule and kind contradict each other: roles, slots, PARAMETER inputs
     */
    public JobTerms(JobDefinition definition) {
        this.definition = definition;
        this.kind = definition.program().kind();
        this.jobId = ByteString.copyFrom(definition.jobId());
        this.configurationHash = ByteString.copyFrom(definition.configurationHash());
        this.rule = definition.rule();
        this.ruleHash = ByteString.copyFrom(rule.hash());
        this.parameterInputs =
                List.copyOf(kind.parameterInputs(definition.program().parameters()));
        requireRoles(definition.roleSlots());
        requireParameterInputs();
        this.logs = Stream.concat(
                        definition.contributors().stream().map(EnrolledContributor::name),
                        Stream.of(definition.feeder().name()))
                .sorted()
                .toList();
        definition.contributors().forEach(contributor -> contributors.putIfAbsent(contributor.name(), contributor));
    }

    public JobDefinition definition() {
        return definition;
    }

    public JobKind kind() {
        return kind;
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

    /** The rule's role in which a contributor has its slots. */
    public Role role(EnrolledContributor contributor) {
        return rule.roles().get(contributor.role());
    }

    /** Secret numbers of a contributor's whole book. */
    public int wires(EnrolledContributor contributor) {
        return contributor.slots() * role(contributor).fields().size();
    }

    /** Index of a contributor's first secret number among all of the job's. */
    public int firstWire(EnrolledContributor contributor) {
        return rule.bookIndex(contributor.role(), contributor.firstSlot(), 0);
    }

    /** Declared name and bounds of every secret number of a contributor's book, in book order. */
    public List<InputField> fields(EnrolledContributor contributor) {
        List<InputField> fields = new ArrayList<>();
        for (int slot = 0; slot < contributor.slots(); slot++) {
            fields.addAll(role(contributor).fields());
        }
        return fields;
    }

    /**
     * Whether submissions of a role say how many slots are in use: only if the rule reads it, since everybody sees it
     * (docs/wire.md, section 7).
     *
     * @param role index
     */
    public boolean publishesUse(int role) {
        return rule.usedRoles().contains(role);
    }

    /**
     * Whether a book of a role counts in one window only: then a value of it is published under a one-time mask of its owner, and a
     * second window under the same mask would show the difference of the two values.
     *
     * @param role index
     */
    public boolean countsOnce(int role) {
        return rule.outputs().stream()
                .flatMapToInt(output -> output.mask().stream())
                .anyMatch(mask -> rule.nodes().get(mask).operation() instanceof NodeOperation.SecretInput input
                        && input.role() == role);
    }

    /** The inputs of the rule that ticks carry, in declared order. */
    public List<PublicInput> feedInputs() {
        return inputs(Origin.FEED);
    }

    /** Values of the PARAMETER inputs of the rule, in declared order. */
    public List<BigInteger> parameterInputs() {
        return parameterInputs;
    }

    /**
     * Public inputs of the rule in declared order.
     *
     * @param feedValues of the FEED inputs, in declared order, as a tick has them
     */
    public List<BigInteger> publicInputs(List<BigInteger> feedValues) {
        Iterator<BigInteger> feed = feedValues.iterator();
        Iterator<BigInteger> parameters = parameterInputs.iterator();
        List<BigInteger> inputs = new ArrayList<>();
        for (PublicInput input : rule.publicInputs()) {
            inputs.add(
                    switch (input.origin()) {
                        case FEED -> feed.next();
                        case PARAMETER -> parameters.next();
                    });
        }
        if (feed.hasNext()) {
            throw new IllegalArgumentException(feedValues.size() + " fed values, and a rule with "
                    + feedInputs().size() + " FEED inputs");
        }
        return inputs;
    }

    public Optional<EnrolledContributor> contributor(String name) {
        return Optional.ofNullable(contributors.get(name));
    }

    private List<PublicInput> inputs(Origin origin) {
        return rule.publicInputs().stream()
                .filter(input -> input.origin() == origin)
                .toList();
    }

    private void requireRoles(JobSlots slots) {
        List<String> declared = kind.roles().stream().map(JobRole::name).toList();
        List<String> built = rule.roles().stream().map(Role::name).toList();
        if (!declared.equals(built)) {
            throw new IllegalArgumentException(
                    "kind " + kind.name() + " has the roles " + declared + ", and its rule " + built);
        }
        for (Role role : rule.roles()) {
            if (role.slots() != slots.total(role.name())) {
                throw new IllegalArgumentException("the rule has " + role.slots() + " slots of role " + role.name()
                        + ", and the job " + slots.total(role.name()));
            }
        }
    }

    private void requireParameterInputs() {
        List<PublicInput> inputs = inputs(Origin.PARAMETER);
        if (inputs.size() != parameterInputs.size()) {
            throw new IllegalArgumentException("kind " + kind.name() + " gives " + parameterInputs.size()
                    + " values for " + inputs.size() + " PARAMETER inputs of its rule");
        }
        for (int i = 0; i < inputs.size(); i++) {
            BigInteger value = parameterInputs.get(i);
            if (value.signum() < 0 || value.bitLength() > inputs.get(i).bits()) {
                throw new IllegalArgumentException(
                        "PARAMETER input " + inputs.get(i).name() + " is not from 0 to 2^"
                                + inputs.get(i).bits() + " - 1");
            }
        }
    }
}
