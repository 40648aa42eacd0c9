package io.veilflow.pipeline.service;

import io.veilflow.pipeline.sign.GroupSigner;
import io.veilflow.pipeline.sign.RotationMessage;
import java.util.Optional;

/** How one result key follows another at a running party. */
public interface KeySuccession {
    /**
     * Whether the party knows again what it knew before it was started: which windows have begun, and with which key. Until then no
     * rotation is answered or signed.
     */
    boolean isReady();

    /** The party has begun this rotation in an earlier life: it is not asked about again, and is under way unless it is settled. */
    void resume(RotationMessage rotation);

    /**
     * Asks once for each rotation that operators have approved of, before anything of it is signed. If nothing is said against it, it
     * is under way from now on. Only when ready.
     */
    Optional<RotationRefusal> begin(RotationMessage rotation);

    /** With the key that names its successor in this rotation, which has begun. Only when ready. */
    GroupSigner naming(RotationMessage rotation);
}
