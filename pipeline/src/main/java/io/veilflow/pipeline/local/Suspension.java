package io.veilflow.pipeline.local;

import java.io.IOException;
import java.io.UncheckedIOException;

/** A process that stands still, as one whose machine is suspended: SIGSTOP, and SIGCONT when it is closed. */
public final class Suspension implements AutoCloseable {
    private final ProcessHandle process;

    private Suspension(ProcessHandle process) {
        this.process = process;
    }

    public static Suspension of(ProcessHandle process) {
        signal(process, "STOP");
        return new Suspension(process);
    }

    @Override
    public void close() {
        signal(process, "CONT");
    }

    private static void signal(ProcessHandle process, String name) {
        try {
            int code = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0 && process.isAlive()) {
                throw new IllegalStateException("SIG" + name + " was not sent, exit code " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
