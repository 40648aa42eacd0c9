package io.veilflow.pipeline.job.standard;

import io.veilflow.datasets.csv.CsvTable;
import io.veilflow.datasets.csv.PositionLines;
import io.veilflow.datasets.schema.Asset;
import io.veilflow.datasets.schema.Book;
import io.veilflow.datasets.schema.Position;
import io.veilflow.pipeline.job.kind.BookTable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Positions as {@link PositionLines} have them: one line for each asset that a slot holds. Fields: collaterals, then debts. */
record PositionTable(List<Asset> assets) implements BookTable {
    @Override
    public List<String> columns() {
        return PositionLines.COLUMNS;
    }

    @Override
    public List<List<BigInteger>> read(List<CsvTable.Line> lines, int slots) {
        return fields(new PositionLines(assets, slots).book(lines));
    }

    @Override
    public List<List<String>> write(List<List<BigInteger>> slots) {
        List<Position> positions = slots.stream()
                .map(fields -> new Position(
                        fields.subList(0, assets.size()), fields.subList(assets.size(), 2 * assets.size())))
                .toList();
        return new PositionLines(assets, slots.size()).lines(new Book(positions));
    }

    static List<List<BigInteger>> fields(Book book) {
        List<List<BigInteger>> slots = new ArrayList<>();
        for (Position position : book.positions()) {
            List<BigInteger> slot = new ArrayList<>(position.collateral());
            slot.addAll(position.debt());
            slots.add(slot);
        }
        return slots;
    }
}
