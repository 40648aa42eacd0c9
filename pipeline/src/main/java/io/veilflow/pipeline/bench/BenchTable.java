package io.veilflow.pipeline.bench;

import io.veilflow.mpc.session.Profile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Results for people: machine, virtual machine and profile, then one line for each. */
public final class BenchTable {
    private static final Path LINUX_PROCESSORS = Path.of("/proc/cpuinfo");

    private final PrintWriter out;

    public BenchTable(PrintWriter out) {
        this.out = out;
    }

    public void header(Profile profile) {
        machine(MpcBench.VIRTUAL_MACHINE, profile);
        out.printf("%-20s %10s %14s %12s %8s %12s%n", "bench", "batch", "per second", "bytes/item", "rounds", "millis");
        out.flush();
    }

    /** Of measurements of the prover, all times in milliseconds. */
    public void proverHeader(Profile profile) {
        machine(ProveBench.VIRTUAL_MACHINE, profile);
        out.printf(
                "%9s %11s %9s %9s %9s %9s %9s %11s %13s %12s %8s%n",
                "positions",
                "constraints",
                "walk",
                "fft",
                "msm",
                "party",
                "gnark",
                "gnark dense",
                "window-proof",
                "bytes",
                "RSS MB");
        out.flush();
    }

    public void line(ProveResult result) {
        out.printf(
                "%9d %11d %9.1f %9.1f %9.1f %9.1f %9.1f %11.1f %13.1f %,12d %8d%n",
                result.positions(),
                result.constraints(),
                result.walkMillis(),
                result.fftMillis(),
                result.msmMillis(),
                result.partyMillis(),
                result.gnarkMillis(),
                result.gnarkDenseMillis(),
                result.windowToProofMillis(),
                result.bytes(),
                result.peakRssBytes() >> 20);
        out.flush();
    }

    private void machine(List<String> virtualMachine, Profile profile) {
        out.printf(
                "Three parties, each a process, over loopback TLS on this machine: %s, %d cores, %s %s.%n",
                processor(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.version"));
        out.printf(
                "%s %s, %s%n",
                System.getProperty("java.vm.name"),
                System.getProperty("java.vm.version"),
                String.join(" ", virtualMachine));
        out.println(
                switch (profile) {
                    case S -> "Profile S: semi-honest, products are not verified.";
                    case M ->
                        "Profile M: malicious with abort; times and bytes include the verification of all products.";
                });
        out.println();
    }

    public void line(BenchResult result) {
        out.printf(
                "%-20s %10d %,14d %12.3f %8d %12.3f%n",
                result.bench(),
                result.batch(),
                result.perSecond(),
                result.bytesPerItem(),
                result.rounds(),
                result.millis());
        out.flush();
    }

    private static String processor() {
        String architecture = System.getProperty("os.arch");
        if (Files.notExists(LINUX_PROCESSORS)) {
            return architecture;
        }
        try (Stream<String> lines = Files.lines(LINUX_PROCESSORS)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse(architecture);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
