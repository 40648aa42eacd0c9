/** Pseudo-random secret sharing (PROTOCOLS 4.0): keys, contexts, streams, zero-sharings. Nothing here sends a message. */
package io.veilflow.mpc.randomness;
