package io.veilflow.zk.rule;

/** One secret number of a slot: 0 <= value < 2^bits. */
public record InputField(String name, int bits) {}
