/**
 * Between domains (PROTOCOLS 4.6 to 4.10): integers to bits, bits and Boolean numbers to a field, field elements to bits, and what
 * needs a masked opening besides: truncation, inverses. Products are made by {@code BitAnd} and {@code Multiplication}; the one
 * exception is the cheaper first product of {@code BitsToField}. What opens a value under a statistical mask verifies the
 * session's products first.
 */
package io.veilflow.mpc.replicated.convert;
