/**
 * Strict loaders of outside files. They refuse what they do not understand, with file and line, and change nothing.
 *
 * <p>{@link io.veilflow.datasets.csv.CsvTable} reads the syntax, {@link io.veilflow.datasets.csv.AaveAccount} one
 * file of Aave positions, {@link io.veilflow.datasets.csv.AaveMarket} makes a market of a folder of them;
 * {@link io.veilflow.datasets.csv.EbaExposures} reads what European banks have published. The lines of a lender's book are
 * {@link io.veilflow.datasets.csv.PositionLines}, the prices of a feeder {@link io.veilflow.datasets.csv.PriceFile}; the
 * files that contributors of any job hand in are {@code io.veilflow.pipeline.job.kind}'s. Data files are read in place and
 * never copied.
 */
package io.veilflow.datasets.csv;
