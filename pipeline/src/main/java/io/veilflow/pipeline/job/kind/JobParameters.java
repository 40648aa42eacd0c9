package io.veilflow.pipeline.job.kind;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Values of a job's parameters, as its file gives them. Immutable.
 *
 * @param numbers by name; a single number is a list of one
 * @param names by name
 */
public record JobParameters(Map<String, List<Long>> numbers, Map<String, List<String>> names) {
    private static final JobParameters NONE = new JobParameters(Map.of(), Map.of());

    public JobParameters {
        numbers = Map.copyOf(numbers);
        names = Map.copyOf(names);
    }

    public static JobParameters none() {
        return NONE;
    }

    public JobParameters with(String name, long number) {
        return withNumbers(name, List.of(number));
    }

    public JobParameters withNumbers(String name, List<Long> values) {
        Map<String, List<Long>> more = new HashMap<>(numbers);
        more.put(name, List.copyOf(values));
        return new JobParameters(more, names);
    }

    public JobParameters withNames(String name, List<String> values) {
        Map<String, List<String>> more = new HashMap<>(names);
        more.put(name, List.copyOf(values));
        return new JobParameters(numbers, more);
    }

    public long number(String name) {
        return numbers(name).get(0);
    }

    public List<Long> numbers(String name) {
        return require(numbers, name);
    }

    public List<String> names(String name) {
        return require(names, name);
    }

    private static <T> List<T> require(Map<String, List<T>> values, String name) {
        List<T> value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no parameter " + name + " of this form; there are " + values.keySet());
        }
        return value;
    }
}
