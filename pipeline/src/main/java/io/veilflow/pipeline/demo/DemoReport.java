package io.veilflow.pipeline.demo;

import io.veilflow.mpc.session.Profile;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.party.WindowReport;
import java.util.List;

/** Who is told how a demo run goes on. Called in the order of the methods, from one thread. */
public interface DemoReport {
    /** A step of the start begins. */
    void preparing(String step);

    /**
     * Everybody runs.
     *
     * @param registry address
     * @param consumer the contract that acts on the results, or why there is none
     */
    void started(JobTerms terms, String registry, String consumer);

    /** @param window posted and recorded */
    void window(WindowReport window, Observation observed);

    /**
     * @param checked what was checked; or what was found, if it does not hold
     * @param profile of the job that was audited
     */
    void audit(boolean passed, List<String> checked, int windows, Profile profile);

    /** Why the run ends before its end. */
    void failed(String reason);
}
