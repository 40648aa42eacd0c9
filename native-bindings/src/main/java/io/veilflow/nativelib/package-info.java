/**
 * The Java face of the prover in Go: rules compiled to a circuit, keys, commitments, the joint proof, verification.
 *
 * <p>What belongs here: loading the library, checking lengths before a call, typed results and errors. What does not:
 * rules (their meaning is {@code io.veilflow.zk.rule}), messages between parties, files, any cryptography of its own.
 * The native side has no network, no files and no clock; Java moves every byte.
 *
 * <p>Start at {@link io.veilflow.nativelib.NativeProver} for everything without shares and at {@link
 * io.veilflow.nativelib.JointProof} for the joint proof (PROTOCOLS section 8.3). Handles are numbers given out by the
 * native side, never addresses. Keys made here are <b>unsafe</b>: one machine knows their trapdoor.
 */
package io.veilflow.nativelib;
