/**
 * An ordinary Ethereum account that belongs to the three parties (PROTOCOLS 9): its key is shared by components like every value of
 * the engine, over the scalars of secp256k1, and its ECDSA signatures are computed with the engine's products, all three taking part.
 *
 * <p>{@code AccountKeyGeneration} and {@code AccountResharing} make components, {@code AccountSigner} signs with them: start reading
 * there. {@code Presigning} is what can be done before a hash is known, {@code Signing} the rest. What to sign is decided elsewhere.
 */
package io.veilflow.mpc.threshold.ecdsa;
