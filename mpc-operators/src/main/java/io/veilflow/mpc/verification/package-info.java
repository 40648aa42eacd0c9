/**
 * Distributed proofs over the products of a session (PROTOCOLS 4.5). Start at {@link
 * io.veilflow.mpc.verification.Verification}, the only public class: it walks all proofs through the rounds of {@code
 * Step}. {@code Prover}, {@code LeftVerifier} and {@code RightVerifier} are the roles; {@code AndStatement} and {@code
 * ProductStatement} are what is claimed; {@code AndPoints} and {@code AndFold} are the first level of ANDs by counting
 * bits; {@code BlockPolynomials} is every other level.
 *
 * <p>Products enter the {@code ledger} where they are made, never here; nothing here opens a value.
 */
package io.veilflow.mpc.verification;
