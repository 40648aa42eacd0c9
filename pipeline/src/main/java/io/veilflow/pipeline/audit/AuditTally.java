package io.veilflow.pipeline.audit;

import io.veilflow.mpc.session.Profile;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Counts what has passed. Not thread-safe. */
final class AuditTally {
    private final Map<AuditReport.Check, Long> counts = new EnumMap<>(AuditReport.Check.class);
    private long windows;
    private long attested;
    private long awaiting;
    private long skipped;
    private long elsewhere;
    private Optional<Profile> profile = Optional.empty();

    void passed(AuditReport.Check check) {
        passed(check, 1);
    }

    void passed(AuditReport.Check check, long times) {
        counts.merge(check, times, Long::sum);
    }

    void jobRead(Profile of) {
        profile = Optional.of(of);
    }

    void windowOnChain() {
        windows++;
    }

    void windowAttested() {
        attested++;
    }

    void windowAwaiting() {
        awaiting++;
    }

    void windowSkipped() {
        skipped++;
    }

    void windowElsewhere() {
        elsewhere++;
    }

    AuditReport report(Optional<AuditReport.Failure> failure) {
        return new AuditReport(counts, windows, attested, awaiting, skipped, elsewhere, profile, failure);
    }
}
