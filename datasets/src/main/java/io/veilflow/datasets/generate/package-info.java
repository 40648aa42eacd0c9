/**
 * Seeded markets for demos and tests: the same seed gives the same market on every machine. Nothing here is a source of
 * randomness for secrets.
 *
 * <p>Start with {@link io.veilflow.datasets.generate.MarketGenerator}.
 */
package io.veilflow.datasets.generate;
