/**
 * Keys that nobody holds alone: secp256k1 points and scalars, the two ciphersuites of FROST, and what a group key, a party's share
 * of it and a signature under it are (PROTOCOLS 9).
 *
 * <p>How a key comes about and is passed on stands in {@code keygen}, one signature of two parties in {@code frost}, its way over a
 * board in {@code signing}. Start reading at {@link io.veilflow.mpc.threshold.GroupKey}. Only {@link
 * io.veilflow.mpc.threshold.CurvePoint} knows Bouncy Castle's points, and only there does a secret scalar meet one.
 */
package io.veilflow.mpc.threshold;
