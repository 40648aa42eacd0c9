package io.veilflow.pipeline.job.kind;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;

/** The kinds of jobs that this installation knows: all that the class path declares. */
public final class JobKinds {
    private JobKinds() {}

    /**
     * By ascending name.
     *
     * @throws IllegalStateException if two have the same name
     */
    public static List<JobKind> all() {
        List<JobKind> kinds = ServiceLoader.load(JobKind.class, JobKind.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(JobKind::name))
                .toList();
        Set<String> names = new HashSet<>();
        for (JobKind kind : kinds) {
            if (!names.add(kind.name())) {
                throw new IllegalStateException("two kinds of jobs are called " + kind.name());
            }
        }
        return kinds;
    }

    public static Optional<JobKind> named(String name) {
        return all().stream().filter(kind -> kind.name().equals(name)).findFirst();
    }

    public static List<String> names() {
        return all().stream().map(JobKind::name).toList();
    }
}
