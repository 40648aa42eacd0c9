package io.veilflow.pipeline.bench;

import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.Session;

/** What one party does again and again: its inputs are there, the same at every run. */
interface Workload {
    /**
     * The measured part: everything from shared inputs to a shared result.
     *
     * @param path of the operation to work in; one below it may be used too
     */
    Computed run(Session session, String path);

    /** A shared result. */
    interface Computed {
        /** Opens it and compares it with the same computation in the clear. Not measured. */
        boolean isRight(Operation operation);
    }
}
