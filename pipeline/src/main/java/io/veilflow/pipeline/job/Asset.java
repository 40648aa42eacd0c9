package io.veilflow.pipeline.job;

/**
 * One asset of a market-health job.
 *
 * @param name lower-case letters, digits and hyphens, at most 32
 * @param decimals amounts of this asset are whole multiples of 10^-decimals; 0 to 18
 * @param thresholdBps share of a collateral's value that counts against debt, in basis points, 0 to 10,000
 */
public record Asset(String name, int decimals, int thresholdBps) {}
