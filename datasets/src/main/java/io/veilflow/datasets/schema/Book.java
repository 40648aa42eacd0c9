package io.veilflow.datasets.schema;

import java.util.List;

/** All slots of one institution at one moment. */
public record Book(List<Position> positions) {
    public Book {
        positions = List.copyOf(positions);
    }
}
