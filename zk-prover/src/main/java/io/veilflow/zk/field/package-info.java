/**
 * The scalar field of BN254 at the edge to bytes: 32 bytes big-endian, canonical (docs/wire.md section 1). Only what
 * commitments and statements need; the arithmetic of the protocols is in the engine. Start at {@link
 * io.veilflow.zk.field.ScalarField}; {@link io.veilflow.zk.field.SecretScalars} is the one for secrets.
 */
package io.veilflow.zk.field;
