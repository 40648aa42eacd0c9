package io.veilflow.pipeline.party;

import io.veilflow.pipeline.job.WindowPolicy;

/**
 * From when on windows may be attested: so long after their end as the job says, by this party's clock. The registry holds it against
 * the time of its block.
 */
final class WindowDeadlines {
    private final WindowPolicy policy;
    private final PartyClock clock;

    WindowDeadlines(WindowPolicy policy, PartyClock clock) {
        this.policy = policy;
        this.clock = clock;
    }

    /** Whether the job lets windows be attested at all. */
    boolean areSet() {
        return policy.posting().proofDeadlineMillis() > 0;
    }

    boolean passed(long window) {
        long end = policy.startMillis() + Math.multiplyExact(window + 1, policy.windowMillis());
        return areSet() && clock.millis() >= Math.addExact(end, policy.posting().proofDeadlineMillis());
    }
}
