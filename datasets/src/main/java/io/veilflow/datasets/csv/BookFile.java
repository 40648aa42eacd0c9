package io.veilflow.datasets.csv;

import io.veilflow.datasets.schema.Asset;
import io.veilflow.datasets.schema.Book;
import io.veilflow.datasets.schema.InvalidDatasetException;
import io.veilflow.datasets.schema.Position;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * An institution's book as a table with the columns {@code slot, asset, collateral, debt}: one line for each asset that a
 * slot holds, slots counted from 0, amounts as plain decimal numbers in whole units of the asset. Slots and assets
 * without a line are empty. Digits beyond the asset's decimals are refused, not rounded. Bounds are left to the encoder
 * that makes shares of it.
 */
public final class BookFile {
    private static final List<String> COLUMNS = List.of("slot", "asset", "collateral", "debt");
    private static final Pattern AMOUNT = Pattern.compile("-?[0-9]{1,40}(\\.[0-9]{1,18})?");
    private static final Pattern SLOT = Pattern.compile("[0-9]{1,7}");

    private BookFile() {}

    public static Book read(Path file, List<Asset> assets, int slots) {
        CsvTable table = CsvTable.read(file);
        if (!table.columns().equals(COLUMNS)) {
            throw new InvalidDatasetException(table.name() + " line 1", "the columns are " + String.join(",", COLUMNS));
        }
        List<BigInteger> collateral = zeros(slots * assets.size());
        List<BigInteger> debt = zeros(slots * assets.size());
        Set<Integer> seen = new HashSet<>();
        for (CsvTable.Line line : table.lines()) {
            int asset = asset(line, assets);
            int place = slot(line, slots) * assets.size() + asset;
            if (!seen.add(place)) {
                throw new InvalidDatasetException(line.where(), "this slot and asset stand there twice");
            }
            collateral.set(place, amount(line, "collateral", assets.get(asset)));
            debt.set(place, amount(line, "debt", assets.get(asset)));
        }
        return new Book(IntStream.range(0, slots)
                .mapToObj(slot -> new Position(
                        collateral.subList(slot * assets.size(), (slot + 1) * assets.size()),
                        debt.subList(slot * assets.size(), (slot + 1) * assets.size())))
                .toList());
    }

    /** The amount as an exact count of the asset's smallest unit; it may be out of bounds. */
    public static BigInteger count(String text, Asset asset, String where) {
        if (!AMOUNT.matcher(text).matches()) {
            throw new InvalidDatasetException(where, "an amount is a plain decimal number");
        }
        try {
            return new BigDecimal(text)
                    .setScale(asset.decimals(), RoundingMode.UNNECESSARY)
                    .unscaledValue();
        } catch (ArithmeticException e) {
            throw new InvalidDatasetException(
                    where, asset.symbol() + " has " + asset.decimals() + " decimals in this job, not more");
        }
    }

    private static List<BigInteger> zeros(int count) {
        return new ArrayList<>(Collections.nCopies(count, BigInteger.ZERO));
    }

    private static int slot(CsvTable.Line line, int slots) {
        String text = line.value("slot");
        if (!SLOT.matcher(text).matches() || Integer.parseInt(text) >= slots) {
            throw new InvalidDatasetException(line.where(), "this book has the slots 0 to " + (slots - 1));
        }
        return Integer.parseInt(text);
    }

    private static int asset(CsvTable.Line line, List<Asset> assets) {
        for (int i = 0; i < assets.size(); i++) {
            if (assets.get(i).symbol().equals(line.value("asset"))) {
                return i;
            }
        }
        throw new InvalidDatasetException(line.where(), "asset " + line.value("asset") + " is not one of this job");
    }

    private static BigInteger amount(CsvTable.Line line, String column, Asset asset) {
        return count(line.value(column), asset, line.where());
    }
}
