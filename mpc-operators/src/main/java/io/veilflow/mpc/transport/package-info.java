/**
 * The links between the three parties: TLS 1.3 sockets with pinned certificates, bounded frames, the agreement on an epoch
 * with its PRSS keys, and sessions over them (docs/wire.md 9, PROTOCOLS 4.0). {@code LinkNetwork} is the entrance.
 *
 * <p>No share arithmetic and no meaning of control messages belongs here. What the links promise holds against one
 * corrupted peer: wrong frames end a session or the epoch, by name, and never reach a protocol.
 */
package io.veilflow.mpc.transport;
