/**
 * How a group key comes about without anybody ever having it, and how its shares are made anew: key generation, refresh and the
 * replacement of a party (PROTOCOLS 9). All three are one dealing (Feldman), which differs in what is dealt: fresh secrets, or
 * the dealers' old shares with their Lagrange weights. Start reading at {@link io.veilflow.mpc.threshold.keygen.KeyGeneration}.
 */
package io.veilflow.mpc.threshold.keygen;
