package io.veilflow.zk.joint;

/**
 * What the two other parties sent at one place.
 *
 * @param ofNext of party i+1
 * @param ofPrevious of party i+2
 */
public record PeerMessages(byte[] ofNext, byte[] ofPrevious) {}
