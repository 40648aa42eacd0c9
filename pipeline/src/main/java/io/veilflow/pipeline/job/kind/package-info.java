/**
 * What a kind of job is: the one interface that somebody implements who adds a job ({@link
 * io.veilflow.pipeline.job.kind.JobKind}), and the small types that it speaks with: declared parameters and their values, roles and
 * slots, tables in which books and fed values are read, published results, and a scenario for the demo.
 *
 * <p>Kinds are found by {@link java.util.ServiceLoader}; nothing else in the pipeline knows one by name. Everything here is public but
 * books in the clear, which exist on their contributor's machine and in demos only. {@code docs/jobs.md} goes through a
 * whole job.
 */
package io.veilflow.pipeline.job.kind;
