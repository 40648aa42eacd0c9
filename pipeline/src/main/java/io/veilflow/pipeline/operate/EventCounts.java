package io.veilflow.pipeline.operate;

import com.fasterxml.jackson.databind.JsonNode;
import io.veilflow.pipeline.party.WindowReport;
import io.veilflow.pipeline.wire.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Counts what the party's event log tells, from this process's start on. What was told before a restart is not told, and not counted,
 * again. Thread-safe.
 */
final class EventCounts implements Consumer<JsonNode> {
    private static final List<String> STAGES = List.of("admit", "seal", "evaluate", "prove", "post", "total");
    private static final String SKIPPED = "skipped";

    private final LabelledCounter windows = new LabelledCounter(
            "veilflow_windows_total",
            "Windows that ended: on the chain with a proof or attested, or skipped.",
            "outcome",
            List.of("proven", "attested", SKIPPED));
    private final LabelledCounter rejects = new LabelledCounter(
            "veilflow_rejected_records_total",
            "Records that do not count, by reason.",
            "reason",
            Arrays.stream(Reason.values())
                    .filter(reason -> reason != Reason.ACCEPTED && reason != Reason.UNRECOGNIZED)
                    .map(Reason::name)
                    .toList());
    private final LabelledCounter attempts = new LabelledCounter(
            "veilflow_failed_attempts_total",
            "Attempts at a batch or window that failed and were tried again: a check, or a lost link.",
            "kind",
            List.of("check", "lost"));
    private final LabelledCounter told = new LabelledCounter(
            "veilflow_events_total",
            "Lines of the event log, by kind.",
            "event",
            List.of(
                    WindowReport.EVENT,
                    SKIPPED,
                    "rejected",
                    "attempt-failed",
                    "wrong-signature-share",
                    "group-signed",
                    "held",
                    "warning",
                    "started",
                    "stopped",
                    "finished"));
    private final DurationHistogram stages = new DurationHistogram(
            "veilflow_stage_seconds", "Time of a window that came to the chain, by stage.", "stage", STAGES);

    @Override
    public void accept(JsonNode event) {
        String kind = event.path("event").asText();
        told.add(kind);
        switch (kind) {
            case WindowReport.EVENT -> {
                windows.add(event.path("assurance").asText());
                STAGES.forEach(stage ->
                        stages.add(stage, event.path("millis").path(stage).asLong()));
            }
            case SKIPPED -> windows.add(SKIPPED);
            case "rejected" -> rejects.add(event.path("reason").asText());
            case "attempt-failed" -> attempts.add(event.path("kind").asText());
            default -> {
                // counted as told
            }
        }
    }

    List<MetricFamily> families() {
        return List.of(windows.family(), stages.family(), rejects.family(), attempts.family(), told.family());
    }
}
