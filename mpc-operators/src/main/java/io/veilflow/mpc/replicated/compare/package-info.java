/**
 * Adders on bit-sliced sharings (PROTOCOLS 4.6, 4.8). Start with {@code CarrySaveAdder}. Only {@code BitAnd} makes products here,
 * so in profile M every AND is in the session's ledger; in profile S none is verified.
 */
package io.veilflow.mpc.replicated.compare;
