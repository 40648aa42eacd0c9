/**
 * The joint proof of one window (PROTOCOLS section 8.3): one session per party drives the native prover through its steps
 * and asks an engine for everything that needs the other parties.
 *
 * <p>What belongs here: the order of the steps, the row check, the wiping of shares. What does not: arithmetic on shares
 * and links (behind {@link io.veilflow.zk.joint.ProvingEngine}), curves and transforms (the native side). No class here
 * ever holds the witness. With an engine of profile S the products are not verified, so there is no malicious claim. Start at
 * {@link io.veilflow.zk.joint.JointProvingSession}.
 */
package io.veilflow.zk.joint;
