/**
 * Replicated sharings of vectors and the operations on them that need messages: openings and products (PROTOCOLS 4.1,
 * 4.2, 4.4). Every product of the engine is made by one of {@code Multiplication}, {@code DotProduct} and {@code BitAnd}.
 * Comparison and conversion live in sub-packages and only call these.
 */
package io.veilflow.mpc.replicated;
