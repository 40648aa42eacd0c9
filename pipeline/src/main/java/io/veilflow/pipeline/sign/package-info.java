/**
 * What the group signs and how two of the three come to sign it over the board: the statements of docs/wire.md, section 10. (The
 * context hash of the same section belongs to the statement that is proven: {@code io.veilflow.zk.statement}.)
 *
 * <p>Nothing here decides whether a result is right: a party signs what its own engine computed and its own verifier accepted.
 * Start reading at {@link io.veilflow.pipeline.sign.ResultMessage}.
 */
package io.veilflow.pipeline.sign;
