/**
 * What the steps of a session have in common in handling shares: how long they live. No protocol and no arithmetic belongs
 * here; those are in {@code io.veilflow.mpc.replicated}.
 */
package io.veilflow.pipeline.shares;
