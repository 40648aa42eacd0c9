package io.veilflow.datasets.schema;

/** Data from outside that does not fit its schema. Names the place and the problem, never the value of a position. */
public final class InvalidDatasetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String where;

    /** @param where file and line, or the field's name */
    public InvalidDatasetException(String where, String problem) {
        super(where + ": " + problem);
        this.where = where;
    }

    public String where() {
        return where;
    }
}
