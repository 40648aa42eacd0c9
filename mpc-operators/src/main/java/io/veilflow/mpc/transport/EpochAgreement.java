package io.veilflow.mpc.transport;

/**
 * What the three parties agreed on at connect.
 *
 * @param epochId first 16 bytes of the transcript hash: stands in every frame of the epoch
 */
record EpochAgreement(long number, byte[] epochId, EpochKeys keys) {}
