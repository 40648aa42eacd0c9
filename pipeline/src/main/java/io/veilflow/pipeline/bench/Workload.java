package io.veilflow.pipeline.bench;

import io.veilflow.mpc.session.Operation;

/** What one party does again and again: its inputs are there, the same at every run. */
interface Workload {
    /** The measured part: everything from shared inputs to a shared result. */
    Computed run(Operation operation);

    /** A shared result. */
    interface Computed {
        /** Opens it and compares it with the same computation in the clear. Not measured. */
        boolean isRight(Operation operation);
    }
}
