package io.veilflow.mpc.verification;

import io.veilflow.mpc.field.PrimeField;

/**
 * Blocks of K entries as the polynomials of degree below K through them, at the points 0..K-1 (PROTOCOLS 4.5). Vectors
 * are flat; what is missing in the last block counts as zero. Operands stay as they are.
 */
interface BlockPolynomials {
    /** The fastest there is for this field. */
    static BlockPolynomials over(PrimeField field) {
        if (field == PrimeField.P61) {
            return new P61Polynomials();
        }
        return field == PrimeField.FR ? new FrPolynomials() : new FieldPolynomials(field);
    }

    /** G(0..2K-2), G the sum over all blocks of p_b*q_b. */
    long[] points(long[] left, long[] right, int block);

    /**
     * One entry per block: its polynomial's value where the basis was taken.
     *
     * @param basis {@code block} elements
     */
    long[] fold(long[] vector, int block, long[] basis);
}
