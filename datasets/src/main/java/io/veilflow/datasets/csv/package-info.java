/**
 * Strict loaders of outside files. They refuse what they do not understand, with file and line, and change nothing.
 *
 * <p>{@link io.veilflow.datasets.csv.CsvTable} reads the syntax, {@link io.veilflow.datasets.csv.AaveAccount} one
 * file of Aave positions, {@link io.veilflow.datasets.csv.AaveMarket} makes a market of a folder of them; {@link io.veilflow.datasets.csv.EbaExposures}
 * reads what European banks have published; {@link
 * io.veilflow.datasets.csv.BookFile} and {@link io.veilflow.datasets.csv.PriceFile} are the files of an institution and of a
 * feeder. Data files are read in place and never copied.
 */
package io.veilflow.datasets.csv;
