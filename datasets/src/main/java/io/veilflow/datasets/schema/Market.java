package io.veilflow.datasets.schema;

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
}
