/**
 * What a job is: one canonical JSON document that all three parties, the contributors, the feeder and auditors read
 * alike (docs/wire.md, section 2). {@link io.veilflow.pipeline.job.JobDefinition} holds it,
 * {@link io.veilflow.pipeline.job.JobFile} reads and writes it, and
 * {@link io.veilflow.pipeline.job.MarketHealthJob} is the one kind of job of this version.
 *
 * <p>Everything here is public. Nothing here knows parties, boards or chains beyond their names and keys.
 */
package io.veilflow.pipeline.job;
