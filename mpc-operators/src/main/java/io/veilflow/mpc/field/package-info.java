/**
 * Arithmetic of the domains (PROTOCOLS 3): Fr and F_p61 over flat arrays, with their canonical encodings. No shares, no
 * messages, no randomness.
 */
package io.veilflow.mpc.field;
