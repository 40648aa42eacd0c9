package io.veilflow.mpc.verification;

/**
 * What is public about a statement.
 *
 * @param weighted whether the left verifier draws weights after the products have arrived
 * @param entries of u and of v
 * @param firstBlock K of the first level
 */
record StatementSize(boolean weighted, long entries, int firstBlock) {}
