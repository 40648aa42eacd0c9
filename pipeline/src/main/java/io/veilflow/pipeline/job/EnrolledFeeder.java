package io.veilflow.pipeline.job;

import com.google.protobuf.ByteString;

/**
 * The signer of ticks.
 *
 * @param publicKey Ed25519, 32 bytes
 */
public record EnrolledFeeder(String name, ByteString publicKey) {}
