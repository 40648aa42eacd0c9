package io.veilflow.datasets.schema;

import java.math.BigInteger;
import java.util.List;

/**
 * One window of a market.
 *
 * @param label where the window stands in its source, for people: a block number, or the window's number
 * @param prices US dollars with 8 decimals for one whole unit of each asset, in the market's order
 * @param books one for each institution, in the market's order
 */
public record MarketWindow(String label, List<BigInteger> prices, List<Book> books) {
    public MarketWindow {
        prices = List.copyOf(prices);
        books = List.copyOf(books);
    }
}
