package io.veilflow.datasets.schema;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * A market through time: assets, institutions, risk limits and the windows with their prices and books. Everything has
 * the sizes that the assets and institutions say.
 */
public record Market(
        List<Asset> assets, List<Institution> institutions, RiskLimits limits, List<MarketWindow> windows) {
    /** A position has at most 16 assets (PROTOCOLS 14). */
    public static final int ASSETS_MAX = 16;

    public Market {
        assets = List.copyOf(assets);
        institutions = List.copyOf(institutions);
        windows = List.copyOf(windows);
        if (assets.isEmpty() || assets.size() > ASSETS_MAX) {
            throw new InvalidDatasetException(
                    "market", assets.size() + " assets, 1 to " + ASSETS_MAX + " are possible");
        }
        for (MarketWindow window : windows) {
            if (window.prices().size() != assets.size() || window.books().size() != institutions.size()) {
                throw new InvalidDatasetException("window " + window.label(), "wrong number of prices or books");
            }
            for (int i = 0; i < institutions.size(); i++) {
                requireShape(window.books().get(i), institutions.get(i), assets.size());
            }
        }
    }

    private static void requireShape(Book book, Institution owner, int assets) {
        if (book.positions().size() != owner.slots()) {
            throw new InvalidDatasetException(owner.name(), "its book has not the " + owner.slots() + " slots it owns");
        }
        for (Position position : book.positions()) {
            if (position.assets() != assets) {
                throw new InvalidDatasetException(
                        owner.name(), "a position has not the market's " + assets + " assets");
            }
        }
    }

    public int slots() {
        return institutions.stream().mapToInt(Institution::slots).sum();
    }

    /**
     * Prices as the rule reads them: the power of ten that evens out the assets' decimals is multiplied in, so that
     * {@code amount * price} has one scale for all assets (PROTOCOLS 14).
     *
     * @throws InvalidDatasetException if a product reaches 2^64
     */
    public List<BigInteger> scaledPrices(int window) {
        int decimalsMax = assets.stream().mapToInt(Asset::decimals).max().orElseThrow();
        List<BigInteger> scaled = new ArrayList<>(assets.size());
        for (int i = 0; i < assets.size(); i++) {
            Asset asset = assets.get(i);
            BigInteger factor = BigInteger.TEN.pow(decimalsMax - asset.decimals());
            scaled.add(FixedPoint.price(asset.symbol())
                    .require(windows.get(window).prices().get(i).multiply(factor)));
        }
        return scaled;
    }
}
