package io.veilflow.pipeline.post;

import java.util.Optional;

/**
 * What the registry holds in the place of a post.
 *
 * @param trace of the event that recorded it; there if and only if the place holds the post
 */
record RegistryPlace(Standing standing, Optional<EventTrace> trace) {
    /** Whose place it is. */
    enum Standing {
        NOTHING,
        /** The same result, without a proof. */
        UNPROVEN,
        /** This, or the same result with a proof. */
        THIS,
        /** Another statement, or a skip of the window. */
        ANOTHER
    }

    static RegistryPlace empty() {
        return new RegistryPlace(Standing.NOTHING, Optional.empty());
    }

    static RegistryPlace unproven() {
        return new RegistryPlace(Standing.UNPROVEN, Optional.empty());
    }

    static RegistryPlace another() {
        return new RegistryPlace(Standing.ANOTHER, Optional.empty());
    }

    static RegistryPlace holds(EventTrace trace) {
        return new RegistryPlace(Standing.THIS, Optional.of(trace));
    }
}
