/**
 * Who vouches for a window's result: the message of docs/wire.md, section 10, and the parties' result keys. (The context hash
 * of the same section belongs to the statement that is proven: {@code io.veilflow.zk.statement}.)
 *
 * <p>Until the group key exists two of the three parties sign with a key of their own; the registry checks
 * that in one function, and {@link io.veilflow.pipeline.sign.ResultKey} is the only class here that it replaces. Nothing
 * here decides whether a result is right: a party signs what its own engine computed and its own verifier accepted.
 * Start reading at {@link io.veilflow.pipeline.sign.ResultMessage}.
 */
package io.veilflow.pipeline.sign;
