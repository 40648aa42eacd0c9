package io.veilflow.pipeline.service;

import io.veilflow.pipeline.sign.GroupSigner;
import io.veilflow.pipeline.sign.RotationMessage;
import java.util.Optional;

/** How one result key follows another at a running party. */
public interface KeySuccession {
    /**
     * Asks once for each rotation that operators have approved of, before anything of it is signed. If nothing is said against it, it
     * is under way from now on.
     */
    Optional<RotationRefusal> begin(RotationMessage rotation);

    /** With the key that names its successor in this rotation, which has begun. */
    GroupSigner naming(RotationMessage rotation);
}
