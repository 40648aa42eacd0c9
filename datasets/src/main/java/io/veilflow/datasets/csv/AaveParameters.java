package io.veilflow.datasets.csv;

import io.veilflow.datasets.schema.InvalidDatasetException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Token decimals and liquidation thresholds of Aave v2, from the committed table (its SOURCE.md says where from). */
public final class AaveParameters {
    private static final String RESOURCE = "/aave-v2/parameters.csv";

    /** Decimals of the token contract, and the threshold in basis points. */
    public record Reserve(int tokenDecimals, int liquidationThreshold) {}

    private final Map<String, Reserve> reserves;

    private AaveParameters(Map<String, Reserve> reserves) {
        this.reserves = reserves;
    }

    public static AaveParameters load() {
        try (InputStream in = AaveParameters.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + RESOURCE);
            }
            CsvTable table = CsvTable.parse(RESOURCE, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            Map<String, Reserve> reserves = new TreeMap<>();
            for (CsvTable.Line line : table.lines()) {
                reserves.put(
                        line.value("asset"),
                        new Reserve(
                                Integer.parseInt(line.value("decimals")),
                                Integer.parseInt(line.value("liquidationThreshold"))));
            }
            return new AaveParameters(reserves);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws InvalidDatasetException for an asset that the table does not list */
    public Reserve reserve(String symbol, String where) {
        Reserve reserve = reserves.get(symbol);
        if (reserve == null) {
            throw new InvalidDatasetException(
                    where, "asset " + symbol + " is not in the table of Aave v2's parameters");
        }
        return reserve;
    }
}
