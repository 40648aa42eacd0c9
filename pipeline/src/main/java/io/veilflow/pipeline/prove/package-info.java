/**
 * The joint proof of a window in a party's session: the engine of {@code io.veilflow.mpc} put under the prover of {@code
 * io.veilflow.zk}, which do not know each other, and the order of one window's second part: prove up to the checked round
 * one, open the outputs, finish the proof (DESIGN section 2, steps 5 to 7).
 *
 * <p>In profile M everything that the proof is made of is verified before a message of the proof is sent; in profile S nothing is, so
 * there is no malicious claim then. The development keys are unsafe. Start at
 * {@link io.veilflow.pipeline.prove.WindowProof}.
 */
package io.veilflow.pipeline.prove;
