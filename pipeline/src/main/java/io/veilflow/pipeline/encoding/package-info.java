/**
 * What everybody must encode alike before it is hashed or signed (docs/wire.md, section 1): length-prefixed fields and the
 * two hash functions. The generated Protobuf messages stand next door in {@code wire}; what a particular preimage holds
 * is written where that thing is made.
 */
package io.veilflow.pipeline.encoding;
