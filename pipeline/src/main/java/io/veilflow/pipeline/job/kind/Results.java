package io.veilflow.pipeline.job.kind;

import io.veilflow.zk.rule.Output;
import io.veilflow.zk.rule.Rule;
import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a window has published, by the names of the rule's outputs and in their order: one value, or one for each slot or owner.
 */
public record Results(Map<String, List<BigInteger>> values) {
    public Results {
        Map<String, List<BigInteger>> copy = new LinkedHashMap<>();
        values.forEach((name, list) -> copy.put(name, List.copyOf(list)));
        values = Collections.unmodifiableMap(copy);
    }

    /** @param outputs all published values, output by output */
    public static Results of(Rule rule, List<BigInteger> outputs) {
        Map<String, List<BigInteger>> values = new LinkedHashMap<>();
        int at = 0;
        for (Output output : rule.outputs()) {
            int count = rule.valuesOf(rule.nodes().get(output.node()));
            values.put(output.name(), outputs.subList(at, at + count));
            at += count;
        }
        if (at != outputs.size()) {
            throw new IllegalArgumentException(outputs.size() + " values, and a rule that publishes " + at);
        }
        return new Results(values);
    }

    /** One result more, of one value. */
    public Results with(String output, long value) {
        return with(output, List.of(BigInteger.valueOf(value)));
    }

    /** One result more. */
    public Results with(String output, List<BigInteger> list) {
        Map<String, List<BigInteger>> more = new LinkedHashMap<>(values);
        more.put(output, list);
        return new Results(more);
    }

    public static Results none() {
        return new Results(Map.of());
    }

    /** The first value of an output: the one, unless it is published for each slot or owner. */
    public BigInteger value(String output) {
        return each(output).get(0);
    }

    /** All values of an output. */
    public List<BigInteger> each(String output) {
        List<BigInteger> list = values.get(output);
        if (list == null) {
            throw new IllegalArgumentException("no output " + output + "; there are " + values.keySet());
        }
        return list;
    }
}
