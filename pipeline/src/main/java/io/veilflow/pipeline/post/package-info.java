/**
 * The chain as a party sees it. {@link io.veilflow.pipeline.post.Chain} is what the party core gets injected (a simulator can
 * stand behind it), {@link io.veilflow.pipeline.post.ChainView} its reading half, with what became of windows for
 * auditors ({@link io.veilflow.pipeline.post.ChainHistory});
 * {@link io.veilflow.pipeline.post.EthereumChain} is the real one. No other package imports web3j or the generated wrappers.
 *
 * <p>Posting is idempotent: the registry decides by job, window and statement, so the same post can be sent by every party and
 * again after every doubt. {@link io.veilflow.pipeline.post.Poster} does that in order of the windows, until a
 * {@link io.veilflow.pipeline.post.Post} lies so deep that it stays, whatever nodes fail or lie (docs/posting.md).
 * {@link io.veilflow.pipeline.post.Deployment} puts the contracts there in the first place. Nothing here signs results or knows
 * where they come from. Failures are {@link io.veilflow.pipeline.post.SettlementException}s.
 */
package io.veilflow.pipeline.post;
