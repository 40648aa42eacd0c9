package io.veilflow.pipeline.job.kind;

import io.veilflow.pipeline.config.ConfigurationException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;

/** The kinds of jobs that this installation knows: all that the class path declares. */
public final class JobKinds {
    private static final String DECLARATIONS = "META-INF/services/" + JobKind.class.getName();

    private JobKinds() {}

    /**
     * By ascending name.
     *
     * @throws ConfigurationException if two have the same name, or one that is declared is not there or cannot be made
     */
    public static List<JobKind> all() {
        return of(JobKind.class.getClassLoader());
    }

    static List<JobKind> of(ClassLoader classPath) {
        List<JobKind> kinds;
        try {
            kinds = ServiceLoader.load(JobKind.class, classPath).stream()
                    .map(ServiceLoader.Provider::get)
                    .sorted(Comparator.comparing(JobKind::name))
                    .toList();
        } catch (ServiceConfigurationError declared) {
            throw new ConfigurationException(DECLARATIONS, List.of(declared.getMessage()));
        }
        Set<String> names = new HashSet<>();
        for (JobKind kind : kinds) {
            if (!names.add(kind.name())) {
                throw new ConfigurationException(DECLARATIONS, List.of("two kinds of jobs are called " + kind.name()));
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
