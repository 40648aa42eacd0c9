package io.veilflow.pipeline.job.standard;

import io.veilflow.datasets.csv.CsvTable;
import io.veilflow.datasets.csv.PriceFile;
import io.veilflow.datasets.schema.Asset;
import io.veilflow.datasets.schema.InvalidDatasetException;
import io.veilflow.pipeline.job.kind.FeedTable;
import io.veilflow.zk.rule.job.MarketHealthRule;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Prices as {@link PriceFile} has them, in US dollars; scaled so that decimals are evened out (see {@link MarketHealthJob}). */
record PriceTable(List<Asset> assets) implements FeedTable {
    @Override
    public List<String> columns() {
        return PriceFile.COLUMNS;
    }

    @Override
    public List<List<BigInteger>> read(CsvTable table) {
        return new PriceFile(assets).read(table).stream().map(this::scaled).toList();
    }

    @Override
    public String write(List<List<BigInteger>> windows) {
        List<List<BigInteger>> prices = new ArrayList<>();
        for (List<BigInteger> values : windows) {
            List<BigInteger> unscaled = new ArrayList<>();
            for (int asset = 0; asset < assets.size(); asset++) {
                unscaled.add(values.get(asset).divide(scale(asset)));
            }
            prices.add(unscaled);
        }
        return new PriceFile(assets).write(prices);
    }

    /**
     * Prices as they enter a tick and the rule.
     *
     * @param prices of one whole unit, whole numbers of 10^-8, above 0
     * @throws InvalidDatasetException if a scaled price is not in [1, 2^64)
     */
    List<BigInteger> scaled(List<BigInteger> prices) {
        List<BigInteger> scaled = new ArrayList<>();
        for (int asset = 0; asset < assets.size(); asset++) {
            BigInteger value = prices.get(asset).multiply(scale(asset));
            if (value.signum() <= 0 || value.bitLength() > MarketHealthRule.PRICE_BITS) {
                throw new InvalidDatasetException(
                        "price of " + assets.get(asset).symbol(),
                        "becomes " + value + " when decimals are evened out; 1 to 2^64 - 1 can be computed with");
            }
            scaled.add(value);
        }
        return scaled;
    }

    /** 10^(D - decimals of the asset), D the largest number of decimals of the job. */
    private BigInteger scale(int asset) {
        int most = assets.stream().mapToInt(Asset::decimals).max().orElseThrow();
        return BigInteger.TEN.pow(most - assets.get(asset).decimals());
    }
}
