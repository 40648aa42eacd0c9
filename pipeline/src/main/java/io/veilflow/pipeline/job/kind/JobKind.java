package io.veilflow.pipeline.job.kind;

import io.veilflow.zk.rule.PublicInput;
import io.veilflow.zk.rule.Role;
import io.veilflow.zk.rule.Rule;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A kind of job: what is computed and proven, over whose records, with which parameters, and what the result means. One class
 * with a public constructor without parameters, named in {@code META-INF/services/io.veilflow.pipeline.job.kind.JobKind}, adds a
 * job; everything else (sharing, proof, contracts, audit) follows from its rule. See {@code docs/jobs.md}.
 *
 * <p>Implementations hold no state: the same call gives the same answer at every party, contributor and auditor.
 */
public interface JobKind {
    /** Lower-case letters, digits and hyphens, at most 32; what the job file calls {@code kind}. */
    String name();

    /** One sentence: what is learnt, by whom, from whose data. */
    String summary();

    /** What a job file must say, in this order. */
    List<JobParameter> parameters();

    /** Groups of contributors, in the order of the rule's roles. */
    List<JobRole> roles();

    /**
     * What is wrong with parameters that are each within their bounds: sizes that do not fit together, say. Each error begins
     * with the parameter's name and a colon.
     */
    default List<String> errors(JobParameters parameters) {
        return List.of();
    }

    /**
     * The rule, with as many slots in each role as its contributors have together.
     *
     * @param slots of every role, by owner
     * @param parameters without {@link #errors}
     * @throws io.veilflow.zk.rule.RuleException for slots or parameters that the rule cannot be built with
     */
    Rule rule(JobSlots slots, JobParameters parameters);

    /** Values of the rule's PARAMETER inputs in declared order; as written here, all number parameters one after the other. */
    default List<BigInteger> parameterInputs(JobParameters parameters) {
        List<BigInteger> inputs = new ArrayList<>();
        for (JobParameter parameter : parameters()) {
            if (parameter.form() != JobParameter.Form.NAMES) {
                parameters.numbers(parameter.name()).forEach(value -> inputs.add(BigInteger.valueOf(value)));
            }
        }
        return inputs;
    }

    /** How a contributor's file becomes the fields of its slots; as written here, one column a field, whole numbers. */
    default BookTable books(Role role, JobParameters parameters) {
        return FieldTable.of(role);
    }

    /**
     * How the feeder's file becomes the values of the FEED inputs; as written here, one column an input, whole numbers.
     *
     * @param inputs the rule's FEED inputs in declared order; without any, the file has the column {@code window} alone
     */
    default FeedTable feed(List<PublicInput> inputs, JobParameters parameters) {
        return ValueTable.of(inputs);
    }

    /** What published results mean, in a few words for people. */
    String meaning(Results results, JobParameters parameters);

    /** The level of risk among the results, of a job that has one. */
    default OptionalInt level(Results results) {
        return OptionalInt.empty();
    }

    /** Which contract acts on the results, or why none is needed. */
    Consumption consumption();

    /** The folder of real records that {@link #scenario} reads below {@link ScenarioRequest#data}; empty: it only generates. */
    default Optional<String> dataSet() {
        return Optional.empty();
    }

    /**
     * Data for the demo, from a seed: parameters, institutions, and for every window fed values, books and the result that a plain
     * computation without the rule comes to.
     *
     * @throws io.veilflow.datasets.schema.InvalidDatasetException for sizes or data that it cannot be made of
     */
    Scenario scenario(ScenarioRequest request);
}
