package io.veilflow.pipeline.load;

/** How a contributor behaves. The first four of a run behave badly, each in its own way. */
enum Conduct {
    /** One submission in ten seconds. */
    SLOW,
    /** None at all. */
    SILENT,
    /** Eight seconds' worth of everybody's submissions at once. */
    FLOODING,
    /** A signed record of three megabytes every half minute. */
    MEGABYTES,
    /** Its share of the rate. */
    WELL;

    static Conduct of(int contributor) {
        return values()[Math.min(contributor, WELL.ordinal())];
    }
}
