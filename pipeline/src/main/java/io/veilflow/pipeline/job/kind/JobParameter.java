package io.veilflow.pipeline.job.kind;

import java.util.Locale;

/**
 * A parameter that job files of a kind must give.
 *
 * @param name key in the job file
 * @param meaning half a sentence with the unit
 * @param minimum least number; of numbers
 * @param maximum largest number; of numbers
 * @param least fewest items; 1 of a single number
 * @param most most items; 1 of a single number
 */
public record JobParameter(String name, String meaning, Form form, long minimum, long maximum, int least, int most) {
    /** How it stands in the job file. */
    public enum Form {
        /** A whole number. */
        NUMBER,
        /** A list of whole numbers. */
        NUMBERS,
        /** A list of names, each of lower-case letters, digits and hyphens, at most 32, none twice. */
        NAMES
    }

    public static JobParameter number(String name, String meaning, long minimum, long maximum) {
        return new JobParameter(name, meaning, Form.NUMBER, minimum, maximum, 1, 1);
    }

    public static JobParameter numbers(String name, String meaning, int least, int most, long minimum, long maximum) {
        return new JobParameter(name, meaning, Form.NUMBERS, minimum, maximum, least, most);
    }

    public static JobParameter names(String name, String meaning, int least, int most) {
        return new JobParameter(name, meaning, Form.NAMES, 0, 0, least, most);
    }

    /** What may stand there, for people. */
    public String bounds() {
        String items = least == most ? Integer.toString(least) : least + " to " + most;
        return switch (form) {
            case NUMBER -> minimum + " to " + maximum;
            case NUMBERS, NAMES -> {
                String range = form == Form.NUMBERS ? " of " + minimum + " to " + maximum : "";
                yield items + " " + form.name().toLowerCase(Locale.ROOT) + range;
            }
        };
    }
}
