/**
 * Counting over bit-sliced sharings (PROTOCOLS 4.12, 8.6): how often each value of a table occurs among shared numbers. Start with {@code
 * Histogram}. Only {@code BitAnd} makes products here, so in profile M every AND is in the session's ledger until it is verified.
 */
package io.veilflow.mpc.replicated.count;
