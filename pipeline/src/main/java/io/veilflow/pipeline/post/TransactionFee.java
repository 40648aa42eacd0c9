package io.veilflow.pipeline.post;

import java.math.BigInteger;

/**
 * What a transaction offers for each unit of gas, in wei (EIP-1559).
 *
 * @param most base fee and tip together
 * @param tip for whoever makes the block
 */
record TransactionFee(BigInteger most, BigInteger tip) {}
