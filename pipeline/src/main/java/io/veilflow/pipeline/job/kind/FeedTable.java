package io.veilflow.pipeline.job.kind;

import io.veilflow.datasets.csv.CsvTable;
import java.math.BigInteger;
import java.util.List;

/** How the values of the FEED inputs stand in a comma separated table, window by window. */
public interface FeedTable {
    /** Columns in their order, {@code window} first. */
    List<String> columns();

    /**
     * For every window from 0 the values as they enter a tick and the rule, in the order of the FEED inputs.
     *
     * @throws io.veilflow.datasets.schema.InvalidDatasetException naming line and column
     */
    List<List<BigInteger>> read(CsvTable table);

    /** The text that {@link #read} reads. */
    String write(List<List<BigInteger>> windows);
}
