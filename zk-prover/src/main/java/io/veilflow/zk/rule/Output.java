package io.veilflow.zk.rule;

/** A scalar node whose value is published. */
public record Output(String name, int node) {}
