package io.veilflow.pipeline.job;

import com.google.protobuf.ByteString;

/**
 * A price of the feeder that the registry holds against a feed on the chain (docs/contracts.md).
 *
 * @param input index of the FEED input, in declared order
 * @param decimals of the input: a value v means v / 10^decimals, at most 36
 * @param aggregator contract with the AggregatorV3 interface, 20 bytes
 * @param maximumDeviationBps largest difference in ten-thousandths of the feed's price, at least 1
 * @param maximumAgeSeconds an older answer of the feed does not count, at least 1
 */
public record PriceCheck(
        int input, int decimals, ByteString aggregator, int maximumDeviationBps, long maximumAgeSeconds) {}
