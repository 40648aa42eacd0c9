/**
 * What a record means: assets with fixed decimals, prices with 8 decimals, shares in basis points, each with name, unit,
 * scale and bounds, and the exact rule by which a decimal number becomes a bounded integer. Also the values that the
 * generators and loaders hand out: books of institutions, prices and windows of a market.
 *
 * <p>Nothing here knows about shares, rules or records on a board. Start with {@link
 * io.veilflow.datasets.schema.FixedPoint}, then {@link io.veilflow.datasets.schema.Market}.
 */
package io.veilflow.datasets.schema;
