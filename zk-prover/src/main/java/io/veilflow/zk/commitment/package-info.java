/**
 * Commitments of contributors to their books under the job's basis (PROTOCOLS sections 4.1, 8.4, 10.3): one per integer
 * component, their sum per book, the sum over all books, which must be the commitment D inside the proof.
 *
 * <p>What is here computes with points on the native side and with secret scalars as bytes. Integer ranges of components
 * are checked by the engine, not here: a commitment binds modulo r only. Start at {@link
 * io.veilflow.zk.commitment.BookCommitments}.
 */
package io.veilflow.zk.commitment;
