/**
 * The demo: a test node, three party processes, a price feeder and four institutions on one machine, each a process of
 * its own as in production, through a market crash and its recovery. Here it is decided who is started with which files
 * and what is printed; everything else is what the same commands do anywhere.
 *
 * <p>Start with {@link io.veilflow.pipeline.demo.Demo}.
 */
package io.veilflow.pipeline.demo;
