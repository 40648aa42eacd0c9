package io.veilflow.pipeline.prove;

import io.veilflow.zk.rule.PublicValues;
import io.veilflow.zk.statement.Statement;
import io.veilflow.zk.verify.Proof;

/**
 * What a window publishes: the opened outputs with the public inputs, the statement, and its proof, which this party has
 * verified.
 */
public record ProvenWindow(PublicValues values, Statement statement, Proof proof) {}
