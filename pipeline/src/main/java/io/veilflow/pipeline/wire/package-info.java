/**
 * The messages of the board, generated from {@code wire.proto} (docs/wire.md, sections 6 to 8). No decision about a
 * message's content is made here; preimages of hashes are put together with {@code io.veilflow.pipeline.encoding.Fields}.
 */
package io.veilflow.pipeline.wire;
