package io.veilflow.pipeline.demo;

import io.veilflow.pipeline.local.ChildProcess;
import java.util.ArrayList;
import java.util.List;

/** All child processes of a run, ended together, those that wait for others first. */
final class DemoProcesses implements AutoCloseable {
    /** A contributor or feeder: little memory, and a compiler that is soon ready. */
    static final List<String> SMALL = List.of("-Xmx96m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    /**
     * A party: one Flink job and the engine. Runs are short, so the quick compiler wins, and the key stores of Flink's ports,
     * under random passwords that live as long as the process, need no stretching.
     */
    static final List<String> PARTY = List.of(
            "-Xmx640m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Dkeystore.pkcs12.certPbeIterationCount=1",
            "-Dkeystore.pkcs12.keyPbeIterationCount=1",
            "-Dkeystore.pkcs12.macIterationCount=1");

    private final List<ChildProcess> children = new ArrayList<>();

    void start(String name, List<String> virtualMachine, List<String> arguments, DemoFolder folder) {
        add(ChildProcess.start(name, virtualMachine, arguments, folder.log(name)));
    }

    void add(ChildProcess child) {
        children.add(child);
    }

    /** Somebody else looks after it now. */
    void remove(ChildProcess child) {
        children.remove(child);
    }

    /** @throws DemoFailedException naming the process, if one ended with an error */
    void requireHealthy() {
        for (ChildProcess child : children) {
            if (!child.running() && child.exitCode() != 0) {
                throw new DemoFailedException(child.name() + " ended with exit code " + child.exitCode()
                        + "; the end of its log:" + System.lineSeparator() + child.lastWords());
            }
        }
    }

    /** Waits until all have ended by themselves, without an error. */
    void awaitEnd(long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        for (ChildProcess child : children) {
            if (!child.awaitExit(Math.max(0, (end - System.nanoTime()) / 1_000_000))) {
                throw new DemoFailedException(child.name() + " has not ended; the end of its log:"
                        + System.lineSeparator() + child.lastWords());
            }
        }
        requireHealthy();
    }

    @Override
    public void close() {
        for (int i = children.size() - 1; i >= 0; i--) {
            children.get(i).close();
        }
    }
}
