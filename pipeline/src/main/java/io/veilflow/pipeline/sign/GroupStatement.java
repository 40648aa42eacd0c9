package io.veilflow.pipeline.sign;

import io.veilflow.pipeline.key.KeyPurpose;

/**
 * Something that the group signs (docs/wire.md, section 10). Every kind begins with a label of its own, so that no signature under one
 * can be taken for another (THREATS G6).
 */
public sealed interface GroupStatement permits ResultMessage, SkipMessage, RotationMessage, ServiceMessage {
    /** The 32 bytes that are signed, without any prefix. */
    byte[] digest();

    /** The key that signs it, and no other does. */
    KeyPurpose key();

    /** What is stated, in a few public words for logs and events. */
    String title();
}
