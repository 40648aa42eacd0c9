/**
 * The demo: a test node, three party processes, a feeder and the institutions of a scenario on one machine, each a
 * process of its own as in production, for any kind of job that brings a scenario. Here it is decided who is started with which files
 * and what is printed; everything else is what the same commands do anywhere.
 *
 * <p>Start with {@link io.veilflow.pipeline.demo.Demo}.
 */
package io.veilflow.pipeline.demo;
