package io.veilflow.pipeline.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a process has used.
 *
 * @param cpuMillis of all its threads
 * @param peakMebibytes most memory that was resident
 */
record ProcessFigures(long cpuMillis, long peakMebibytes) {
    private static final String PEAK = "VmHWM:";

    static ProcessFigures of(ProcessHandle process) throws IOException {
        long kibibytes = Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith(PEAK))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
        return new ProcessFigures(
                process.info().totalCpuDuration().map(Duration::toMillis).orElse(0L), kibibytes >> 10);
    }
}
