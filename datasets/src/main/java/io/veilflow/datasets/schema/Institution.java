package io.veilflow.datasets.schema;

import java.util.regex.Pattern;

/**
 * A contributor of a market.
 *
 * @param slots positions that its book has room for, at least 1
 */
public record Institution(String name, int slots) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");

    public Institution {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidDatasetException("institution", "a name is 1 to 32 of a-z, 0-9 and -");
        }
        if (slots < 1) {
            throw new InvalidDatasetException(name, "has no slot");
        }
    }
}
