/**
 * Adders and comparison on bit-sliced sharings (PROTOCOLS 4.6). Start with {@code LessThan}. Only {@code BitAnd} makes
 * products here.
 */
package io.veilflow.mpc.replicated.compare;
