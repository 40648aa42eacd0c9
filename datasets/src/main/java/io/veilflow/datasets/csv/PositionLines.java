package io.veilflow.datasets.csv;

import io.veilflow.datasets.schema.Asset;
import io.veilflow.datasets.schema.Book;
import io.veilflow.datasets.schema.FixedPoint;
import io.veilflow.datasets.schema.InvalidDatasetException;
import io.veilflow.datasets.schema.Position;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An institution's book as the lines of a table with the columns {@code slot, asset, collateral, debt}: one line for each
 * asset that a slot holds, slots counted from 0, amounts as plain decimal numbers in whole units of the asset. Slots and
 * assets without a line are empty. Digits beyond the asset's decimals are refused, not rounded. Bounds are left to the
 * encoder that makes shares of it, files and windows to who reads the lines.
 */
public final class PositionLines {
    /** In their order. */
    public static final List<String> COLUMNS = List.of("slot", "asset", "collateral", "debt");

    private static final Pattern AMOUNT = Pattern.compile("-?[0-9]{1,40}(\\.[0-9]{1,18})?");

    private final List<Asset> assets;
    private final int slots;

    /** @param slots room of the book */
    public PositionLines(List<Asset> assets, int slots) {
        this.assets = List.copyOf(assets);
        this.slots = slots;
    }

    /** The lines of one book; at least one. */
    public List<List<String>> lines(Book book) {
        List<List<String>> lines = new ArrayList<>();
        for (int slot = 0; slot < slots; slot++) {
            Position position = book.positions().get(slot);
            for (int i = 0; i < assets.size(); i++) {
                BigInteger collateral = position.collateral().get(i);
                BigInteger debt = position.debt().get(i);
                boolean first = slot == 0 && i == 0;
                if (first || collateral.signum() != 0 || debt.signum() != 0) {
                    lines.add(List.of(
                            Integer.toString(slot), assets.get(i).symbol(), plain(i, collateral), plain(i, debt)));
                }
            }
        }
        return lines;
    }

    /** The book that lines with these columns describe. */
    public Book book(List<CsvTable.Line> lines) {
        List<BigInteger> collateral = zeros();
        List<BigInteger> debt = zeros();
        Set<Integer> seen = new HashSet<>();
        for (CsvTable.Line line : lines) {
            int asset = assetIndex(line, assets);
            int place = slot(line) * assets.size() + asset;
            if (!seen.add(place)) {
                throw new InvalidDatasetException(line.where(), "this slot and asset stand there twice");
            }
            collateral.set(place, amount(line, "collateral", assets.get(asset)));
            debt.set(place, amount(line, "debt", assets.get(asset)));
        }
        List<Position> positions = new ArrayList<>(slots);
        for (int slot = 0; slot < slots; slot++) {
            int from = slot * assets.size();
            int to = from + assets.size();
            positions.add(new Position(collateral.subList(from, to), debt.subList(from, to)));
        }
        return new Book(positions);
    }

    /** The index of the asset that a line names, capital letters or not. */
    static int assetIndex(CsvTable.Line line, List<Asset> assets) {
        for (int i = 0; i < assets.size(); i++) {
            if (assets.get(i).symbol().equalsIgnoreCase(line.value("asset"))) {
                return i;
            }
        }
        throw new InvalidDatasetException(line.where(), "asset " + line.value("asset") + " is not one of this job");
    }

    private String plain(int asset, BigInteger count) {
        return FixedPoint.amount(assets.get(asset)).decode(count).toPlainString();
    }

    private List<BigInteger> zeros() {
        return new ArrayList<>(Collections.nCopies(slots * assets.size(), BigInteger.ZERO));
    }

    private int slot(CsvTable.Line line) {
        int slot = line.index("slot");
        if (slot >= slots) {
            throw new InvalidDatasetException(line.where(), "this book has the slots 0 to " + (slots - 1));
        }
        return slot;
    }

    private static BigInteger amount(CsvTable.Line line, String column, Asset asset) {
        String text = line.value(column);
        if (!AMOUNT.matcher(text).matches()) {
            throw new InvalidDatasetException(line.where(), "column " + column + " is not a plain decimal number");
        }
        try {
            return new BigDecimal(text)
                    .setScale(asset.decimals(), RoundingMode.UNNECESSARY)
                    .unscaledValue();
        } catch (ArithmeticException e) {
            throw new InvalidDatasetException(
                    line.where(), asset.symbol() + " has " + asset.decimals() + " decimals in this job, not more");
        }
    }
}
