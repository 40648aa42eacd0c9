package io.veilflow.pipeline.demo;

import java.util.OptionalInt;

/**
 * What the demo sees of a posted window beside its figures.
 *
 * @param level of risk, of a job that has one
 * @param meaning of the result, in words of the job
 * @param asExpected whether it equals what a plain computation on all the books came to
 * @param consumer what the contract did about it; empty without one
 */
public record Observation(OptionalInt level, String meaning, boolean asExpected, String consumer) {}
