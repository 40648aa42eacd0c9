package io.veilflow.pipeline.demo;

import io.veilflow.pipeline.job.kind.Results;

/** The contract that acts on the job's results, as the demo runs it. */
interface DemoConsumer extends AutoCloseable {
    /** What it is and where, for people. */
    String title();

    /**
     * A window has been recorded: lets the contract see it.
     *
     * @param results of the window, as the parties reported them
     * @return what the contract did, for people
     */
    String after(long window, Results results);

    @Override
    void close();
}
