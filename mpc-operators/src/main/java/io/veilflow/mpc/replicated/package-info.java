/**
 * Replicated sharings of vectors and the operations on them that need messages: openings, products and the comparison of inputs
 * (PROTOCOLS 4.1, 4.2, 4.4, 4.5 order (a)). Every product of the engine is made by one of {@code Multiplication}, {@code DotProduct} and
 * {@code BitAnd}, which enter it into the session's ledger; {@code Opening} refuses while one is left there. Comparison and
 * conversion live in sub-packages and only call these.
 */
package io.veilflow.mpc.replicated;
