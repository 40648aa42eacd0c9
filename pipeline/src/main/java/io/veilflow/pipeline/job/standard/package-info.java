/**
 * The kinds of jobs that come with Veilflow: each adapts a rule of {@code io.veilflow.zk.rule} to files, words and a demo. A new kind
 * may live anywhere; these are examples of the interface, too. Start with the shortest, and with {@code docs/jobs.md}.
 */
package io.veilflow.pipeline.job.standard;
