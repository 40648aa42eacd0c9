/**
 * Checking a proof against the statement and the commitments that it must be about. Anybody can: no key, no party, no
 * secret. Start at {@link io.veilflow.zk.verify.ProofVerifier}.
 */
package io.veilflow.zk.verify;
