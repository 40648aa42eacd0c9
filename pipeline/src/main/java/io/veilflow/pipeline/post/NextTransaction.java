package io.veilflow.pipeline.post;

import java.math.BigInteger;

/**
 * What a node says about an account's next transaction, if that is a certain post.
 *
 * @param nonce the account's next one
 * @param gas estimate, units
 */
public record NextTransaction(BigInteger nonce, BigInteger gas) {}
