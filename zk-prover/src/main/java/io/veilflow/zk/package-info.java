/**
 * Rules, statements, keys, commitments and the joint proof of one window (DESIGN sections 4 and 5, PROTOCOLS section 8).
 *
 * <p>Nothing in this module knows a party link, a board or a chain, and it does not know {@code io.veilflow.mpc}: the
 * pipeline joins the two through {@link io.veilflow.zk.joint.ProvingEngine}. Keys of this issue come from a local setup
 * and are <b>unsafe</b>; products come from an engine of profile S, so nothing here makes a malicious claim yet.
 *
 * <p>Reading order: {@code rule}, {@code statement}, {@code commitment}, {@code key}, {@code joint}, {@code verify}.
 */
package io.veilflow.zk;
