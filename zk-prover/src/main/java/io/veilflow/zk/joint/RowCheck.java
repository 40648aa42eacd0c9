package io.veilflow.zk.joint;

/**
 * One row check on replicated shares (PROTOCOLS section 8.3, step 2), in two steps: a public coin q once the witness is
 * fixed, then whether v = sum_k q^k * (a_k * b_k - c_k) is zero. Each step once, in this order.
 */
public interface RowCheck {
    /** A uniform public element that no party could foresee before, 32 bytes. */
    byte[] openCoin();

    /**
     * Computes v as one dot product, multiplies it by a random [t] that nobody knows and opens only t * v.
     *
     * @param x q^k * a_k of all rows
     * @param y b_k of all rows
     * @param rest sum of q^k * c_k, one element
     * @return whether t * v is zero; false for a witness that does not satisfy the rows, but for a chance of rows / r
     */
    boolean holds(FieldShares x, FieldShares y, FieldShares rest);
}
