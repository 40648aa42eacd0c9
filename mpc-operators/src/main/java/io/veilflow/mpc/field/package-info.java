/**
 * Arithmetic of the domains (PROTOCOLS 3): Fr, F_p61 and Z_Q over flat arrays, with their canonical encodings. No shares, no
 * messages, no randomness.
 */
package io.veilflow.mpc.field;
