/**
 * What a batch or window is computed on, and how three parties agree on it without trusting the board (DESIGN 7, PROTOCOLS
 * 11.3): the clock of feeder ticks, cuts of the logs, accept lists, and the manifest that follows from three of them. All
 * functions here are pure or keep only what stands on the board, so that parties before they sign and auditors afterwards run
 * the same code. Order of arrival, time of day and configuration of one party enter nowhere.
 *
 * <p>Start with {@link io.veilflow.pipeline.window.Manifests}. Journal, signatures and sessions are {@code party}'s.
 */
package io.veilflow.pipeline.window;
