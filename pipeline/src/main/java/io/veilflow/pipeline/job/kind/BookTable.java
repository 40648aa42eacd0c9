package io.veilflow.pipeline.job.kind;

import io.veilflow.datasets.csv.CsvTable;
import java.math.BigInteger;
import java.util.List;

/** How the slots of one contributor stand in a comma separated table. Books in the clear: on the contributor's machine only. */
public interface BookTable {
    /** Columns in their order. */
    List<String> columns();

    /**
     * The fields of every slot in use, in the order of the rule's role.
     *
     * @param lines of one book
     * @param slots room of the book
     * @throws io.veilflow.datasets.schema.InvalidDatasetException naming line and column, and no value
     */
    List<List<BigInteger>> read(List<CsvTable.Line> lines, int slots);

    /**
     * The lines of a book, each with a text for every column; at least one.
     *
     * @param slots fields of every slot in use
     */
    List<List<String>> write(List<List<BigInteger>> slots);
}
