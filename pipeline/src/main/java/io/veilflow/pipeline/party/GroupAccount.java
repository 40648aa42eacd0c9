package io.veilflow.pipeline.party;

import io.veilflow.mpc.threshold.ecdsa.AccountKeyShare;
import io.veilflow.pipeline.post.EthereumChain;

/**
 * What a party needs to have the group's account pay for posts.
 *
 * @param share of the account's key
 * @param chain paid by this party's own account where the group's does not
 * @param suspended keeps that a signature with the share has failed, over restarts
 */
public record GroupAccount(AccountKeyShare share, EthereumChain chain, Runnable suspended) {}
