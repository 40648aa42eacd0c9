/**
 * Rules, statements, keys, commitments and the joint proof of one window (DESIGN sections 4 and 5, PROTOCOLS section 8).
 *
 * <p>Nothing in this module knows a party link, a board or a chain, and it does not know {@code io.veilflow.mpc}: the
 * pipeline joins the two through {@link io.veilflow.zk.joint.ProvingEngine}. Keys come from a ceremony, or from a local setup
 * and are <b>unsafe</b> then. What is said of a corrupted party holds if the engine verifies its products, as in profile M.
 *
 * <p>Reading order: {@code rule}, {@code statement}, {@code commitment}, {@code key}, {@code joint}, {@code verify}.
 */
package io.veilflow.zk;
