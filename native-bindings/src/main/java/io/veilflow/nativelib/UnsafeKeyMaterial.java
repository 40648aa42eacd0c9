package io.veilflow.nativelib;

/**
 * Keys of a local setup. <b>Unsafe</b>: the machine that ran it knew the trapdoor and could prove anything. For
 * development only; production keys come from a ceremony.
 *
 * @param provingKey the native side's layout; begins with {@code veilflow/unsafe-proving-key/2}
 * @param verifyingKey layout of docs/wire.md section 4, what the contract stores
 * @param basis commitment basis: of the first commitment, one 64-byte point per book wire, the mask's point last
 */
public record UnsafeKeyMaterial(byte[] provingKey, byte[] verifyingKey, byte[] basis) {}
