/**
 * The group's account pays for posts (docs/posting.md, docs/wire.md section 18): proposals and answers on the board, and the session in
 * which the three sign a transaction that all of them stand behind. What is signed without this agreement is nothing.
 *
 * <p>Start with {@code AccountService}; what a party agrees to is {@code ProposalCheck}. The chain and its transactions are {@code post}'s
 * matter, the arithmetic of signatures {@code io.veilflow.mpc.threshold.ecdsa}'s.
 */
package io.veilflow.pipeline.account;
