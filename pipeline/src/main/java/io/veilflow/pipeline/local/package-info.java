/**
 * Other processes of this program on this machine: how one is started, watched and ended, where it may listen, and where its
 * private files lie until it is done. For the demo and the benchmarks; nothing here knows what the processes do.
 */
package io.veilflow.pipeline.local;
