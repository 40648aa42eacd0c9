package io.veilflow.pipeline.job;

/** What a job is run for: which keys its parties take. */
public enum Environment {
    /** Any key, also one that a single machine made; everything that shows a result says so. */
    DEVELOPMENT,
    /** Only keys of a ceremony; a party refuses to start with any other (THREATS E12). */
    PRODUCTION
}
