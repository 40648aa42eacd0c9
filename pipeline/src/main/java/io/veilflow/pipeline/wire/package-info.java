/**
 * What everybody must encode alike (docs/wire.md): the generated Protobuf messages of the board, and
 * {@link io.veilflow.pipeline.wire.Fields}, the byte string under every hash and signature. No decision about a message's
 * content is made here.
 */
package io.veilflow.pipeline.wire;
