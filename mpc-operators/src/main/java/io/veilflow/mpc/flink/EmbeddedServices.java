package io.veilflow.mpc.flink;

import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * Services of this process by name, for a Flink job in the same JVM. Flink makes operators from bytes, so nothing can be
 * handed to them but through a static place; this is the only one, and whoever registers removes.
 */
public final class EmbeddedServices {
    private static final ConcurrentMap<String, Supplier<? extends WindowService<?, ?>>> SERVICES =
            new ConcurrentHashMap<>();

    private EmbeddedServices() {}

    /** Takes the service out of the registry again. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * @param service makes a new handle at every start of the operator
     * @throws IllegalStateException if the name is taken
     */
    public static Registration register(String name, Supplier<? extends WindowService<?, ?>> service) {
        if (SERVICES.putIfAbsent(name, Objects.requireNonNull(service)) != null) {
            throw new IllegalStateException("there is a service " + name + " in this process already");
        }
        return () -> SERVICES.remove(name, service);
    }

    /** The types must be those of the service that is registered under the name when the job runs. */
    public static <I, O> ServiceLocator<I, O> locator(String name) {
        return new ByName<>(name);
    }

    private record ByName<I, O>(String name) implements ServiceLocator<I, O> {
        // The registry holds services of any type; a wrong one fails at its first element.
        @SuppressWarnings("unchecked")
        @Override
        public WindowService<I, O> locate() {
            Supplier<? extends WindowService<?, ?>> service = SERVICES.get(name);
            if (service == null) {
                throw new IllegalStateException("there is no service " + name + " in this process");
            }
            return (WindowService<I, O>) service.get();
        }
    }
}
