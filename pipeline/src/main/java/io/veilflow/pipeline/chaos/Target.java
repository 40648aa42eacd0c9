package io.veilflow.pipeline.chaos;

import java.io.IOException;

/** A process that can be hit, and comes back. */
interface Target extends AutoCloseable {
    String name();

    ProcessHandle process();

    /** SIGKILL; returns when the process is gone. */
    void kill() throws IOException;

    /** Begins again with what is on its disk. */
    void start() throws IOException;

    @Override
    void close();
}
