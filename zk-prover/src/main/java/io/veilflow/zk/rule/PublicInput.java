package io.veilflow.zk.rule;

/** One public number: 0 <= value < 2^bits. */
public record PublicInput(String name, int bits, Origin origin) {}
