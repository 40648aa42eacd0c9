/**
 * Between domains (PROTOCOLS 4.6, 4.7, 4.9): integers to bits, bits to Fr, Fr to bits. Products are made by {@code BitAnd} and
 * {@code Multiplication}; the one exception is the cheaper first product of {@code BitsToField}.
 */
package io.veilflow.mpc.replicated.convert;
