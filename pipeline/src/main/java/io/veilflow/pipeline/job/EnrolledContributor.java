package io.veilflow.pipeline.job;

import com.google.protobuf.ByteString;

/**
 * A contributor and the slots that are its own.
 *
 * @param publicKey Ed25519, 32 bytes
 * @param role index of its role among the rule's
 * @param firstSlot index of its first slot among the role's
 * @param slots number of its slots, at least 1
 */
public record EnrolledContributor(String name, ByteString publicKey, int role, int firstSlot, int slots) {}
