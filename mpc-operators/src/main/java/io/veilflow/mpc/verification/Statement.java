package io.veilflow.mpc.verification;

import io.veilflow.mpc.field.PrimeField;

/**
 * One prover's claim {@code <u,v> = t_L + t_R} as one party sees it: the prover has u and v, the left verifier u and
 * t_L, the right verifier v and t_R. Shrinks level by level. Holds secrets.
 */
sealed interface Statement permits AndStatement, ProductStatement {
    PrimeField field();

    StatementSize size();

    /**
     * Draws the weights and builds the vectors; once, and only of a weighted statement.
     *
     * @param seed 16 bytes
     */
    void weigh(byte[] seed);

    /** t_L or t_R, whichever this party has; zero for the prover. */
    long[] target();

    /** Prover only: the points of G at this level. */
    long[] points(Step step);

    /** Replaces every block by its polynomial's value at the challenge. */
    void fold(Step step, long[] challenge);

    /** Puts the masks p_m and q_m before the vectors, ahead of the last level; null for the one that this party lacks. */
    void mask(long[] left, long[] right);

    /** Verifiers, after the last fold: p(c) or q(c). */
    long[] value();

    void wipe();
}
