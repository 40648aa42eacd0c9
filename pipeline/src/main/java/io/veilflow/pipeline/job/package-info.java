/**
 * What a job is: one canonical JSON document that all three parties, the contributors, the feeder and auditors read
 * alike (docs/wire.md, section 2). {@link io.veilflow.pipeline.job.JobDefinition} holds it,
 * {@link io.veilflow.pipeline.job.JobFile} reads and writes it. What is computed is
 * the business of its kind ({@code kind}; those that come with Veilflow are in {@code standard}).
 *
 * <p>Everything here is public. Nothing here knows parties, boards or chains beyond their names and keys.
 */
package io.veilflow.pipeline.job;
