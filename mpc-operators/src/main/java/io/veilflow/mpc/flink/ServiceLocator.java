package io.veilflow.mpc.flink;

import java.io.Serializable;

/** Finds the service in the process where the operator runs. It travels with the job graph and so holds a name only. */
public interface ServiceLocator<I, O> extends Serializable {
    /**
     * A new handle, which the operator closes. Called at every start of the task, also after a failure.
     *
     * @throws IllegalStateException if there is none in this process
     */
    WindowService<I, O> locate();
}
