/**
 * The two kinds of writers outside the parties, as they run: the feeder, whose signed ticks are the only clock of a job,
 * and a contributor that follows it. Both are driven by what lies on the board; neither talks to a party.
 *
 * <p>How a book becomes shares belongs to {@code contributor}, how a log is written to {@code board}. Start with {@link
 * io.veilflow.pipeline.feed.Feeder}.
 */
package io.veilflow.pipeline.feed;
