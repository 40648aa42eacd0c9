package io.veilflow.pipeline.open;

/** Decisions of openings that no test carries out. */
public final class SampleDecisions {
    private SampleDecisions() {}

    public static void ready(OpeningDecisions decisions, long window, int attempt) {
        decisions.ready(window, attempt);
    }

    public static void aborted(OpeningDecisions decisions, long window, int attempt) {
        decisions.aborted(window, attempt);
    }
}
