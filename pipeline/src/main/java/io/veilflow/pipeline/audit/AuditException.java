package io.veilflow.pipeline.audit;

import io.veilflow.pipeline.board.BoardEntry;

/** The check that did not pass. Never leaves this package: {@link Auditor} turns it into a report. */
final class AuditException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient AuditReport.Failure failure;

    AuditException(String place, String what) {
        super(place + ": " + what);
        this.failure = new AuditReport.Failure(place, what);
    }

    AuditException(BoardEntry record, String what) {
        this(record.place(), what);
    }

    AuditReport.Failure failure() {
        return failure;
    }
}
