/** Bit-sliced layout in the clear: lanes, planes and the transposition between them. No shares, no messages. */
package io.veilflow.mpc.bits;
