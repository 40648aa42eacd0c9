package io.veilflow.pipeline.job.kind;

/**
 * A group of contributors whose slots hold records of the same shape.
 *
 * @param name of the rule's role
 * @param contributors who they are, for people
 * @param slot what one slot holds, for people
 */
public record JobRole(String name, String contributors, String slot) {}
