package io.veilflow.pipeline.simulate;

/** Ends a thread of a process that is no more. No code of a party may catch it: it is nothing that a party knows of. */
final class SimulatedCrash extends Error {
    private static final long serialVersionUID = 1L;

    SimulatedCrash() {
        super("the process is gone", null, false, false);
    }
}
