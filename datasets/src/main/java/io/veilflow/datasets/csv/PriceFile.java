package io.veilflow.datasets.csv;

import io.veilflow.datasets.schema.Asset;
import io.veilflow.datasets.schema.FixedPoint;
import io.veilflow.datasets.schema.InvalidDatasetException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Prices through time as a table with the columns {@code window, asset, price}: windows counted from 0 in ascending
 * order without a gap, each with a price in US dollars for every asset of the job, at most 8 decimals.
 */
public final class PriceFile {
    /** In their order. */
    public static final List<String> COLUMNS = List.of("window", "asset", "price");

    private static final Pattern PRICE = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,8})?");

    private final List<Asset> assets;

    public PriceFile(List<Asset> assets) {
        this.assets = List.copyOf(assets);
    }

    /** For each window the prices in the order of the assets, 8 decimals. */
    public List<List<BigInteger>> read(CsvTable table) {
        table.require(COLUMNS);
        List<BigInteger[]> windows = new ArrayList<>();
        for (CsvTable.Line line : table.lines()) {
            int window = line.index("window");
            if (window == windows.size()) {
                windows.add(new BigInteger[assets.size()]);
            }
            if (window != windows.size() - 1) {
                throw new InvalidDatasetException(line.where(), "windows are not 0, 1, 2 and so on");
            }
            int asset = PositionLines.assetIndex(line, assets);
            if (windows.get(window)[asset] != null) {
                throw new InvalidDatasetException(line.where(), "this window and asset stand there twice");
            }
            windows.get(window)[asset] = price(line, assets.get(asset));
        }
        for (int window = 0; window < windows.size(); window++) {
            if (Arrays.asList(windows.get(window)).contains(null)) {
                throw new InvalidDatasetException(table.name(), "window " + window + " lacks a price");
            }
        }
        return windows.stream().map(List::of).toList();
    }

    /** The text that {@link #read} reads. */
    public String write(List<List<BigInteger>> windows) {
        StringBuilder text = new StringBuilder(String.join(",", COLUMNS)).append('\n');
        for (int window = 0; window < windows.size(); window++) {
            for (int i = 0; i < assets.size(); i++) {
                String symbol = assets.get(i).symbol();
                text.append(window).append(',').append(symbol).append(',');
                text.append(FixedPoint.price(symbol)
                        .decode(windows.get(window).get(i))
                        .toPlainString());
                text.append('\n');
            }
        }
        return text.toString();
    }

    private static BigInteger price(CsvTable.Line line, Asset asset) {
        String text = line.value("price");
        if (!PRICE.matcher(text).matches()) {
            throw new InvalidDatasetException(line.where(), "a price is a plain decimal number with up to 8 decimals");
        }
        try {
            return FixedPoint.price(asset.symbol()).encode(new BigDecimal(text), RoundingMode.UNNECESSARY);
        } catch (InvalidDatasetException e) {
            throw new InvalidDatasetException(line.where(), e.getMessage());
        }
    }
}
