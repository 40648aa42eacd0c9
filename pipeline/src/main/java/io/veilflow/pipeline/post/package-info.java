/**
 * The chain as a party sees it. {@link io.veilflow.pipeline.post.Chain} is what the party core gets injected (a simulator can
 * stand behind it); {@code EthereumChain} is the real one over JSON-RPC and the only user of web3j
 * and of the generated wrappers besides {@code Deployment}.
 *
 * <p>Posting is idempotent: the registry decides by job, window and statement, so the same post can be sent by every party and
 * again after every doubt. {@code Poster} does that in order of the windows. Nothing here signs
 * results or knows where they come from. Failures are {@link io.veilflow.pipeline.post.SettlementException}s.
 */
package io.veilflow.pipeline.post;
