package io.veilflow.nativelib;

/**
 * Keys of a ceremony: nobody knows the trapdoor if one contributor of each phase forgot its randomness.
 *
 * @param provingKey the native side's layout; begins with {@code veilflow/shared-proving-key/2}
 * @param verifyingKey layout of docs/wire.md section 4, what the contract stores
 * @param basis of the first commitment, one 64-byte point per book wire, the mask's point last
 */
public record SharedKeyMaterial(byte[] provingKey, byte[] verifyingKey, byte[] basis) {}
