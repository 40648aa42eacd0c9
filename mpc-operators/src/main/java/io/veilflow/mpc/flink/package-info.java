/**
 * The bridge between a Flink task and sequential computations that take their time: the only package of this module that
 * imports Flink (DESIGN section 6). {@link io.veilflow.mpc.flink.SessionOperator} hands elements to a
 * {@link io.veilflow.mpc.flink.WindowService}, which works on threads of its own, and takes results back through the task's
 * mailbox, so that checkpoints pass while a window is computed.
 *
 * <p>No protocol, no share and no job logic belongs here; elements and results are public records of the job.
 */
package io.veilflow.mpc.flink;
